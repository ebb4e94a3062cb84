//! What Prefactor tells of an authflow, beside its status.

use authflow::{ReturnUrl, Sighting, Summary};
use jiff::Timestamp;
use login_flow::Text;
use serde::Serialize;
use url::Url;

/// The longest id or name that is shown, in characters.
const LONGEST_NAME: usize = 120;
/// The longest address of a page that is shown, in characters.
const LONGEST_ADDRESS: usize = 300;
/// The longest that a browser may say of itself, in characters. Real ones say about 150.
const LONGEST_AGENT: usize = 400;
/// Most factors that are shown.
const MOST_FACTORS: usize = 20;

/// What Prefactor tells of an authflow, beside its status. Any of it may be missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct AuthflowFacts {
    /// What it is called.
    pub title: Option<Text>,
    /// Its id, as the service calls it.
    pub id: Option<Text>,
    /// The plan that decides its steps.
    pub plan: Option<Text>,
    /// Factors, such as a password. Whether required, offered or passed is not known.
    pub factors: Vec<Text>,
    /// The account it belongs to.
    pub account: Option<Text>,
    /// The domain it belongs to.
    pub domain: Option<Text>,
    /// The pool of identities it belongs to.
    pub pool: Option<Text>,
    /// The device it was seen on.
    pub device: Option<Text>,
    /// The session it leads to.
    pub session: Option<Text>,
    /// Where the browser is sent at the end, perhaps.
    pub return_address: Option<ReturnAddress>,
    /// When and where it was seen first.
    pub first_seen: Option<SightingFacts>,
    /// When and where it was seen last.
    pub last_seen: Option<SightingFacts>,
}

/// Where the browser is sent at the end, perhaps: no document says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ReturnAddress {
    /// The address without what follows `?` or `#`, which may be codes.
    pub shown: Text,
    /// Whether something of it is not shown.
    pub shortened: bool,
    /// Whether it can be opened: https, with a host, and without a user name in it.
    pub can_open: bool,
}

/// When and on which device an authflow was seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SightingFacts {
    /// When, by the service's clock.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub at: Option<Timestamp>,
    /// From which address.
    pub address: Option<Text>,
    /// What the browser says of itself.
    pub agent: Option<Text>,
    /// The number of the network.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub network: Option<u64>,
    /// Where, as far as it is told: town, region, country.
    pub place: Option<Text>,
    /// Latitude and longitude in degrees.
    pub position: Option<Text>,
    /// The time zone's name.
    pub time_zone: Option<Text>,
    /// A fingerprint of how the browser speaks TLS.
    pub fingerprint: Option<Text>,
}

impl AuthflowFacts {
    /// Reads what the service told.
    #[must_use]
    pub fn of(summary: &Summary) -> Self {
        let factors = summary.factor_names.iter().take(MOST_FACTORS);
        Self {
            title: name(summary.title.as_deref()),
            id: name(summary.id.as_deref()),
            plan: name(summary.plan_name.as_deref()),
            factors: factors.map(|factor| named(factor)).collect(),
            account: name(summary.account_id.as_deref()),
            domain: name(summary.domain_id.as_deref()),
            pool: name(summary.pool_id.as_deref()),
            device: name(summary.device_id.as_deref()),
            session: name(summary.session_id.as_deref()),
            return_address: summary.return_url.as_ref().and_then(ReturnAddress::of),
            first_seen: summary.first_seen.as_ref().map(SightingFacts::of),
            last_seen: summary.last_seen.as_ref().map(SightingFacts::of),
        }
    }
}

impl ReturnAddress {
    fn of(address: &ReturnUrl) -> Option<Self> {
        let shown = without_names(address.before_query());
        let text = Text::bounded(&shown, LONGEST_ADDRESS)?;
        Some(Self {
            shortened: text.as_str() != address.expose(),
            shown: text,
            can_open: return_address(address.expose()).is_some(),
        })
    }
}

/// Without a user name and a password, which are secrets too; also in what is no web address.
fn without_names(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("//") else {
        return address.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    format!("{scheme}//{host}{path}")
}

/// A return address that may be opened at all: https, with a host and without a user name or
/// password in it.
#[must_use]
pub fn return_address(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    (url.scheme() == "https" && url.has_host() && is_plain).then_some(url)
}

impl SightingFacts {
    fn of(sighting: &Sighting) -> Self {
        let parts = [
            &sighting.city,
            &sighting.region_code,
            &sighting.country_code,
        ];
        let parts: Vec<Text> = parts
            .into_iter()
            .filter_map(|part| name(part.as_deref()))
            .collect();
        let place = parts
            .iter()
            .map(Text::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        Self {
            at: sighting.at,
            address: name(sighting.remote_ip.as_deref()),
            agent: sighting
                .user_agent
                .as_deref()
                .and_then(|agent| Text::bounded(agent, LONGEST_AGENT)),
            network: sighting.asn,
            place: Text::bounded(&place, 3 * LONGEST_NAME),
            position: sighting
                .lat_long
                .and_then(|(lat, long)| Text::bounded(&format!("{lat}, {long}"), LONGEST_NAME)),
            time_zone: name(sighting.timezone.as_deref()),
            fingerprint: name(sighting.ja4_fingerprint.as_deref()),
        }
    }
}

fn name(text: Option<&str>) -> Option<Text> {
    Text::bounded(text?, LONGEST_NAME)
}

/// One that can't be shown is still one.
fn named(text: &str) -> Text {
    name(Some(text)).unwrap_or_else(|| Text::or_dash(""))
}
