//! Orders that need a world, and what becomes of them without one.

use login_flow::AnswerProblem;
use managed_auth::Error;
use support::trouble_of;

use super::{
    authflows::AuthflowOrder,
    opened::live_view_url,
    order::{Copy, Order},
    world::World,
};
use crate::{
    console_window::{Deleted, HistoryRead, Saved, Started},
    login_window::PageKind,
    page_opener::Offer,
};

/// Carries out an order in the world.
pub(super) async fn carry_out_inside(world: &mut World, order: Order) {
    match order {
        Order::Look(look) => world.look(look),
        Order::Open(id) => world.open(id, false).await,
        Order::OpenNext(reply) => {
            let next = world
                .roster
                .next_waiting(world.open_id())
                .map(str::to_owned);
            let _ = reply.send(next.is_some());
            if next.is_some() {
                world.open(next, false).await;
            }
        }
        Order::ComeBack {
            connection_id,
            state,
        } => {
            if world.ways_back.take(&connection_id, &state) {
                world.check(connection_id.clone()).await;
                world.open(Some(connection_id), false).await;
            }
        }
        Order::Check(id) => world.check(id).await,
        Order::Answer { id, answer, reply } => {
            let _ = reply.send(world.answer(&id, answer).await);
        }
        Order::Page { id, page, reply } => {
            let _ = reply.send(world.page(&id, page).await);
        }
        Order::Frame { id, control, reply } => {
            let may = !control || world.in_control.as_ref() == Some(&id);
            let offer = world.page(&id, PageKind::LiveView).await.filter(|_| may);
            let offer = offer.and_then(|offer| {
                let url = live_view_url(&offer.url, control)?;
                Some(Offer { url, ..offer })
            });
            let _ = reply.send(offer);
        }
        Order::Copy(Copy { id, link, reply }) => {
            let _ = reply.send(world.link(&id, link).await);
        }
        Order::Start {
            id,
            draft,
            over,
            reply,
        } => world.start(id, &draft, over, reply),
        Order::Create { draft, reply } => world.create(&draft, reply),
        Order::Change {
            id,
            before,
            after,
            reply,
        } => world.change(id, &before, &after, reply),
        Order::Delete { id, reply } => world.delete(id, reply),
        Order::History {
            id,
            kind,
            from,
            reply,
        } => world.history(id, kind.as_ref(), from, reply),
        Order::TakeOver(id) => {
            if world.open_id() == Some(&id) && world.is_followed(&id) {
                world.in_control = Some(id);
            }
        }
        Order::GiveBack => world.in_control = None,
        Order::Authflow(order) => world.carry_out_for_authflows(order),
        Order::Details(_)
        | Order::UseKey(_)
        | Order::TryKeyAgain
        | Order::AskKeychainAgain
        | Order::ForgetKey
        | Order::ChooseEnvironment(_)
        | Order::SetNotifications(_)
        | Order::SetKeepWatching(_)
        | Order::WantToClose
        | Order::Close(_)
        | Order::InView(_)
        | Order::Watch { .. }
        | Order::LookUpByLink { .. } => {}
    }
}

/// Nobody is at work: whoever asks is told at once.
pub(super) fn refuse(order: Order) {
    let trouble = || {
        let nobody = Error::Unauthorised(managed_auth::ErrorBody::default());
        trouble_of(&nobody)
    };
    match order {
        Order::OpenNext(reply) => drop(reply.send(false)),
        Order::Answer { reply, .. } => drop(reply.send(Err(AnswerProblem::Over))),
        Order::Page { reply, .. }
        | Order::Frame { reply, .. }
        | Order::Authflow(AuthflowOrder::ReturnAddress { reply, .. }) => drop(reply.send(None)),
        Order::Copy(Copy { reply, .. }) => drop(reply.send(None)),
        Order::Start { reply, .. } => drop(reply.send(Started::Refused { trouble: trouble() })),
        Order::Create { reply, .. } | Order::Change { reply, .. } => {
            drop(reply.send(Saved::Refused { trouble: trouble() }));
        }
        Order::Delete { reply, .. } => drop(reply.send(Deleted::Refused { trouble: trouble() })),
        Order::History { reply, .. } => {
            drop(reply.send(HistoryRead::Refused { trouble: trouble() }));
        }
        _ => {}
    }
}
