//! What keeps Usher from the service, as far as it can be told.

use jiff::SignedDuration;
use thiserror::Error;

/// What kept us from reaching the server, as far as it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NetworkProblem {
    /// No way leads out of this computer.
    #[error("this computer is not connected to a network")]
    Offline,
    /// The server's name is not known, or nobody could be asked.
    #[error("its name is not known")]
    Lookup,
    /// The computer at the address does not take connections.
    #[error("the connection was refused")]
    Refused,
    /// The address could not be reached, or not in time.
    #[error("no connection")]
    Connect,
    /// The connection broke while it was in use.
    #[error("the connection broke")]
    Broken,
    /// No secure connection.
    #[error("no secure connection: {0}")]
    Tls(TlsProblem),
    /// The proxy on the way.
    #[error("the proxy: {0}")]
    Proxy(ProxyProblem),
}

/// Why there is no secure connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TlsProblem {
    /// The certificate's time is over.
    #[error("the server's certificate has expired")]
    Expired,
    /// The certificate's time has not begun.
    #[error("the server's certificate is not valid yet")]
    NotYetValid,
    /// The certificate's time is right, and this computer's is not.
    #[error("this computer's clock is wrong")]
    WrongClock(ClockError),
    /// The certificate is another server's.
    #[error("the server's certificate is for another name")]
    WrongHost,
    /// Nobody whom this computer trusts has issued the certificate.
    #[error("the server's certificate is from an unknown issuer")]
    UnknownIssuer,
    /// The certificate was revoked.
    #[error("the server's certificate was revoked")]
    Revoked,
    /// What answers does not speak TLS.
    #[error("what answers does not speak TLS")]
    NotTls,
    /// This computer has no certificates to check anybody with.
    #[error("this computer trusts no issuer at all")]
    NothingTrusted,
    /// Anything else: the server could not prove who it is.
    #[error("the server could not prove who it is")]
    Other,
}

/// How wrong this computer's clock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockError {
    /// It is ahead of the service's by this much; behind, if negative. The service has told its
    /// own time.
    Ahead(SignedDuration),
    /// It is behind by this much at least: the server's certificate begins only then.
    BehindAtLeast(SignedDuration),
    /// It is behind; nobody knows by how much.
    Behind,
}

/// Why the proxy doesn't let us through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProxyProblem {
    /// It could not be reached.
    #[error("it could not be reached")]
    Unreachable,
    /// It wants a user name and a password, or does not take those that it was given (407).
    #[error("it asks for a login")]
    WantsLogin,
    /// It does not let us through to the server, or can't.
    #[error("it does not let us through")]
    Refused,
}
