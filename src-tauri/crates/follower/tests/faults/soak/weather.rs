//! What goes wrong on one way to the service, at random, and now and then for all at once.

use std::{sync::Arc, time::Duration};

use fault_proxy::{Fault, Proxy, Target};
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::{
    catalogue::{How, Row, Told, rows},
    support::{dice::Dice, service::Service},
};

/// So often the service goes away for all, and for how long.
const STORM_EVERY: Duration = Duration::from_mins(5);
const STORM: Duration = Duration::from_secs(12);

/// The faults after which a flow can be followed further.
pub(crate) fn survivable() -> Vec<Row> {
    let mut rows = rows();
    rows.retain(|row| match row.told {
        Told::Nothing | Told::Lost(_) | Told::LostAndFound(_) | Told::OfAnswers => true,
        // The person looks again, unless access is over.
        Told::End(guest, support) => guest == support,
    });
    rows
}

/// Lets things go wrong for ever.
pub(crate) async fn rage(
    proxy: &Proxy,
    service: &Arc<Service>,
    id: &str,
    rows: &[Row],
    mut dice: Dice,
    began: Instant,
) {
    loop {
        let pause = Duration::from_millis(dice.within(4_000..25_000));
        let lasts = Duration::from_millis(dice.within(300..7_000));
        let storm = until_storm(began);
        if storm < pause {
            sleep(storm).await;
            proxy.strike(Target::All, Fault::Refuse);
            sleep(STORM).await;
            proxy.calm();
            continue;
        }
        sleep(pause).await;
        let which = usize::try_from(dice.number() % rows.len() as u64).unwrap_or_default();
        let row = &rows[which];
        strike(proxy, service, id, row, &mut dice).await;
        sleep(lasts).await;
        proxy.calm();
        if matches!(row.how, How::Sandbox(_)) {
            service.hook(id, "faults", &json!({})).await;
        }
    }
}

async fn strike(proxy: &Proxy, service: &Service, id: &str, row: &Row, dice: &mut Dice) {
    match &row.how {
        How::Proxy(target, fault) => proxy.strike(*target, fault(dice)),
        How::Exactly(target, fault) => proxy.strike(*target, fault.clone()),
        How::Sandbox(faults) => service.hook(id, "faults", &faults()).await,
    }
    if row.cut {
        proxy.cut();
    }
}

/// The time until the service goes away for all. The first time only when all are there.
fn until_storm(began: Instant) -> Duration {
    let into = began.elapsed().as_millis() % STORM_EVERY.as_millis();
    let into = Duration::from_millis(u64::try_from(into).unwrap_or_default());
    STORM_EVERY.saturating_sub(into)
}
