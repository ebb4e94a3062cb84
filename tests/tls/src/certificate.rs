//! Certificates, right ones and wrong ones.

use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering},
};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs::default_provider,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// So many issuers were made.
static ISSUERS: AtomicU32 = AtomicU32::new(1);

/// Somebody who issues certificates, and whom nobody trusts yet.
pub struct Issuer(CertifiedIssuer<'static, KeyPair>);

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing.
    None,
    /// Its time is over.
    Expired,
    /// Its time has not begun.
    NotYetValid,
    /// It is for another name.
    OtherName,
}

impl Issuer {
    /// A new one, with a name and a key of its own.
    #[must_use]
    pub fn new() -> Self {
        let number = ISSUERS.fetch_add(1, Ordering::Relaxed);
        let mut params = params(&[]);
        params
            .distinguished_name
            .push(DnType::CommonName, format!("Issuer {number}"));
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    /// Its own certificate, as a system's store holds it.
    #[must_use]
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server that shows a certificate for this name.
    pub(crate) fn server(&self, name: &str, flaw: Flaw) -> ServerConfig {
        let name = match flaw {
            Flaw::OtherName => "other.usher.test",
            Flaw::None | Flaw::Expired | Flaw::NotYetValid => name,
        };
        let mut params = params(&[name]);
        match flaw {
            Flaw::None | Flaw::OtherName => {}
            Flaw::Expired => params.not_after = date_time_ymd(2001, 1, 1),
            Flaw::NotYetValid => params.not_before = date_time_ymd(2090, 1, 1),
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        ServerConfig::builder_with_provider(default_provider().into())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a certificate that fits its key")
    }
}

fn params(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.not_before = date_time_ymd(2000, 1, 1);
    params.not_after = date_time_ymd(2095, 1, 1);
    params
}

impl Default for Issuer {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").finish_non_exhaustive()
    }
}
