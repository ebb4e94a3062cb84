//! The sandbox as its clients meet it: over real sockets.

mod api;
mod awkward;
mod bulk;
mod client;
mod config;
mod demo;
mod events;
mod guest;
mod hooks;
mod modes;
mod pages;
mod scenarios;
mod submit;
mod ticker;
