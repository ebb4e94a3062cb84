//! Usher's console, which follows the logins in its own window.

use std::{fs, time::Duration};

use tokio::time::sleep;
use usher_tests::{app::App, console, desktop::Desktop};

use crate::{
    Plan,
    delays::Delays,
    process::{Cost, running, watch},
    server::Server,
};

/// In the time to the page, one login speaks so often, so that there is much to count.
const OFTEN_MS: u32 = 100;
/// What makes an entry whenever a tick of the open login gets into the page: the time that it is
/// there, less the time that it says it was sent at. Both are of one machine's clock.
const OBSERVE: &str = r#"
window.delays = [];
let latest = document.querySelector("[data-part=message]")?.textContent;
const look = () => {
  const now = Date.now();
  const text = document.querySelector("[data-part=message]")?.textContent;
  if (text === latest) return;
  latest = text;
  const sent = / at (\d+)/.exec(text ?? "");
  if (sent !== null) window.delays.push(now - Number(sent[1]));
};
const whole = { subtree: true, childList: true, characterData: true };
new MutationObserver(look).observe(document.body, whole);
"#;

/// What Usher costs, and how soon its page shows what is new.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// The process that follows.
    pub(crate) core: Cost,
    /// The page's process.
    pub(crate) page: Cost,
    /// The process that `WebKit` keeps for the network.
    pub(crate) network: Cost,
    pub(crate) delays: Delays,
}

/// Lets the console follow so many logins, one of them open.
pub(crate) async fn measure(flows: u32, plan: Plan) -> Measured {
    let server = Server::start().await;
    let ids = server.tick(flows, 1000).await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&server.url);
    desktop.choose_environment("sandbox");
    log_as_usual(&desktop);
    let app = App::start(&desktop, &[]).await;
    console::sign_in(&app, sandbox::API_KEY).await;
    app.wait_screen("desk").await;
    server.wait_followed(&ids).await;
    if !ids.is_empty() {
        app.wait("[data-row]").await;
        let first = app.rows().await.swap_remove(0);
        app.open_row(&first).await;
        app.wait_text("[data-part=message]", "tick").await;
    }
    sleep(plan.warm_up).await;
    let processes = App::process_ids(&desktop);
    let pages = running(&desktop, "WebKitWebProcess");
    let network = running(&desktop, "WebKitNetworkProcess");
    for some in [&processes, &pages, &network] {
        assert!(!some.is_empty(), "the app's processes are found");
    }
    let [core, page, network] = watch([&processes, &pages, &network], plan.window).await;
    let delays = match ids.first() {
        Some(one) => delays(&app, &server, one, plan.window).await,
        None => Delays::default(),
    };
    app.close(&desktop).await;
    Measured {
        core,
        page,
        network,
        delays,
    }
}

/// Puts a login that speaks often in the place of one, so that there are as many as before, opens
/// it, and lets the page note when it shows each tick. The driver asks for nothing meanwhile.
async fn delays(app: &App, server: &Server, instead_of: &str, window: Duration) -> Delays {
    server.delete(instead_of).await;
    let often = server.tick(1, OFTEN_MS).await;
    server.wait_followed(&often).await;
    app.open_row(&often[0]).await;
    app.wait_text("[data-part=message]", "tick").await;
    app.script(OBSERVE).await;
    sleep(window).await;
    let noted = app.script("return window.delays").await;
    let noted: Vec<i64> = serde_json::from_value(noted).expect("numbers");
    assert!(!noted.is_empty(), "the page shows what is new");
    noted.into()
}

/// The tests let the app log everything, to search it. Here it logs as it does for people.
fn log_as_usual(desktop: &Desktop) {
    let launcher = desktop.launcher();
    let text = fs::read_to_string(&launcher).expect("a launcher");
    let text = text.replacen("exec ", "unset USHER_LOG\nexec ", 1);
    fs::write(launcher, text).expect("written");
}
