//! The desktop's own parts that Usher speaks to over the bus: the notes and the tray. They stand
//! in for a desktop environment, which the tests' display has none of.

#![allow(
    missing_docs,
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "the bus's macros write methods of their own, in the shapes that the bus prescribes"
)]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use zbus::{
    Connection, connection, interface,
    object_server::SignalEmitter,
    proxy,
    proxy::CacheProperties,
    zvariant::{OwnedValue, Value},
};

use crate::desktop::Desktop;

/// A note that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub id: u32,
    /// Its first line.
    pub title: String,
    /// What follows.
    pub text: String,
    /// Whether it can be clicked.
    pub clickable: bool,
}

/// A desktop environment, as far as programs can tell: it shows notes and has a tray.
#[derive(Debug)]
pub struct Shell {
    bus: Connection,
    notes: Arc<Mutex<Vec<Note>>>,
    items: Arc<Mutex<Vec<String>>>,
}

const NOTES: &str = "/org/freedesktop/Notifications";
const WATCHER: &str = "/StatusNotifierWatcher";

impl Shell {
    /// Takes its place on a desktop's bus. To be there before the app.
    pub async fn start(desktop: &Desktop) -> Self {
        let notes = Arc::new(Mutex::new(Vec::new()));
        let items = Arc::new(Mutex::new(Vec::new()));
        let bus = connection::Builder::address(desktop.bus_address())
            .expect("an address")
            .name("org.freedesktop.Notifications")
            .expect("a name")
            .name("org.kde.StatusNotifierWatcher")
            .expect("a name")
            .serve_at(NOTES, Notifications(notes.clone()))
            .expect("served")
            .serve_at(WATCHER, Watcher(items.clone()))
            .expect("served")
            .build()
            .await
            .expect("on the bus");
        Self { bus, notes, items }
    }

    /// The notes that were shown so far.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        self.notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Clicks a note. A program may still be about to listen when its note is there already, which
    /// no person is quick enough to notice: click again until it has heard.
    pub async fn click(&self, note: u32) {
        let emitter = SignalEmitter::new(&self.bus, NOTES).expect("a path");
        Notifications::action_invoked(&emitter, note, "default")
            .await
            .expect("sent");
    }

    /// The tray's item, once there is one: its text beside the icon, and its menu's lines.
    pub async fn tray(&self) -> Option<(String, Vec<(i32, String)>)> {
        let item = self
            .items
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .last()
            .cloned()?;
        let (name, path) = match item.find('/') {
            Some(at) => (item[..at].to_owned(), item[at..].to_owned()),
            None => (item, "/StatusNotifierItem".to_owned()),
        };
        let item = ItemProxy::builder(&self.bus)
            .destination(name.clone())
            .ok()?
            .path(path)
            .ok()?
            .cache_properties(CacheProperties::No)
            .build()
            .await
            .ok()?;
        let label = item.ayatana_label().await.unwrap_or_default();
        let menu = self.menu(name, item.menu().await.ok()?.to_string()).await?;
        let (_, (_, _, lines)) = menu.get_layout(0, -1, &["label", "enabled"]).await.ok()?;
        Some((label, lines.iter().filter_map(line).collect()))
    }

    /// Chooses a line of the tray's menu.
    pub async fn choose(&self, line: i32) {
        let item = self
            .items
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .last()
            .cloned()
            .expect("a tray");
        let name = item.split('/').next().unwrap_or_default().to_owned();
        let path = item[name.len()..].to_owned();
        let item = ItemProxy::builder(&self.bus)
            .destination(name.clone())
            .expect("a name")
            .path(path)
            .expect("a path")
            .build()
            .await
            .expect("an item");
        let menu = item.menu().await.expect("a menu").to_string();
        let menu = self.menu(name, menu).await.expect("a menu");
        menu.event(line, "clicked", &Value::from(0), 0)
            .await
            .expect("clicked");
    }

    async fn menu(&self, name: String, path: String) -> Option<MenuProxy<'_>> {
        MenuProxy::builder(&self.bus)
            .destination(name)
            .ok()?
            .path(path)
            .ok()?
            .build()
            .await
            .ok()
    }
}

type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

fn line(line: &OwnedValue) -> Option<(i32, String)> {
    let (id, properties, _): Layout = line.try_clone().ok()?.try_into().ok()?;
    let label = properties.get("label")?.downcast_ref::<String>().ok()?;
    Some((id, label.replace('_', "")))
}

struct Notifications(Arc<Mutex<Vec<Note>>>);

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[allow(
        clippy::too_many_arguments,
        reason = "the desktop's own call has so many"
    )]
    fn notify(
        &self,
        _app: &str,
        _replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = u32::try_from(notes.len()).expect("few") + 1;
        notes.push(Note {
            id,
            title: summary.to_owned(),
            text: body.to_owned(),
            clickable: actions.iter().any(|action| action == "default"),
        });
        id
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".into(), "body".into()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("tests".into(), "usher".into(), "1".into(), "1.2".into())
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(
        emitter: &SignalEmitter<'_>,
        id: u32,
        reason: u32,
    ) -> zbus::Result<()>;
}

struct Watcher(Arc<Mutex<Vec<String>>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(
        &self,
        service: &str,
        #[zbus(header)] header: zbus::message::Header<'_>,
    ) {
        // A path alone belongs to whoever calls.
        let item = if service.starts_with('/') {
            let sender = header.sender().map(ToString::to_string);
            format!("{}{service}", sender.unwrap_or_default())
        } else {
            format!("{service}/StatusNotifierItem")
        };
        let mut items = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        items.push(item);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[proxy(interface = "org.kde.StatusNotifierItem", assume_defaults = false)]
trait Item {
    #[zbus(property)]
    fn menu(&self) -> zbus::Result<zbus::zvariant::OwnedObjectPath>;

    #[zbus(property, name = "XAyatanaLabel")]
    fn ayatana_label(&self) -> zbus::Result<String>;
}

#[proxy(interface = "com.canonical.dbusmenu", assume_defaults = false)]
trait Menu {
    fn get_layout(
        &self,
        parent: i32,
        depth: i32,
        properties: &[&str],
    ) -> zbus::Result<(u32, Layout)>;

    fn event(&self, id: i32, kind: &str, data: &Value<'_>, timestamp: u32) -> zbus::Result<()>;
}
