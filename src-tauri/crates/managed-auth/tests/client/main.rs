//! The client against a server that answers by a script.

mod actions;
mod errors;
mod events;
mod guest;
mod network;
mod paging;
mod reads;
mod secrets;
mod server;
