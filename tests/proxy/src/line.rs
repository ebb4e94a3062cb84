//! One connection of a client, and the answers that go out on it.

use std::{io, sync::Arc};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
    time::sleep,
};

use super::{
    Rules, Shared,
    bend::take_frame,
    fault::{Call, Fault, Moment},
    head::Head,
};

/// How a connection ends.
enum Fate {
    Close,
    Reset,
    /// Our side is closed; the other may go on.
    HalfClose,
    /// It stays, and nothing is said any more.
    Silence,
}

/// Serves one connection to its end.
pub(super) async fn serve(mut client: TcpStream, shared: Arc<Shared>) {
    // Latency is to come from faults only.
    let _ = client.set_nodelay(true);
    let mut line = Line {
        rules: shared.rules.subscribe(),
        client: &mut client,
        shared: &shared,
        arrived: Vec::new(),
    };
    let fate = line.run().await.unwrap_or(Fate::Close);
    // Whatever fails from here on, the connection is over.
    match fate {
        Fate::Close => {
            let _ = client.shutdown().await;
        }
        Fate::Reset => {
            let _ = client.set_zero_linger();
        }
        Fate::HalfClose => {
            let _ = client.shutdown().await;
            gone(&mut client).await;
        }
        Fate::Silence => gone(&mut client).await,
    }
}

/// Resolves when the other side has let go.
async fn gone(client: &mut TcpStream) {
    let mut ignored = [0; 1024];
    while matches!(client.read(&mut ignored).await, Ok(1..)) {}
}

struct Line<'a> {
    rules: watch::Receiver<Rules>,
    client: &'a mut TcpStream,
    shared: &'a Shared,
    /// What has arrived of the next request.
    arrived: Vec<u8>,
}

impl Line<'_> {
    async fn run(&mut self) -> io::Result<Fate> {
        loop {
            if let Some(fate) = self.wait_for_request().await? {
                return Ok(fate);
            }
            if let Some(fate) = self.one_call().await? {
                return Ok(fate);
            }
        }
    }

    /// Waits until a request begins. A connection that is kept open meanwhile can be hurt too.
    async fn wait_for_request(&mut self) -> io::Result<Option<Fate>> {
        if !self.arrived.is_empty() {
            return Ok(None);
        }
        loop {
            tokio::select! {
                got = self.client.read_buf(&mut self.arrived) => {
                    return Ok(if got? == 0 { Some(Fate::Close) } else { None });
                }
                _ = self.rules.changed() => match self.rules.borrow_and_update().idle() {
                    Some(Fault::Reset(Moment::Request) | Fault::Refuse) => {
                        return Ok(Some(Fate::Reset));
                    }
                    Some(Fault::HalfOpen(_)) => return Ok(Some(Fate::Silence)),
                    Some(Fault::HalfClose { .. }) => return Ok(Some(Fate::HalfClose)),
                    _ => {}
                },
            }
        }
    }

    /// Serves one request. `None` if another may follow.
    async fn one_call(&mut self) -> io::Result<Option<Fate>> {
        let arrived = std::mem::take(&mut self.arrived);
        let Some(mut head) = Head::receive(self.client, arrived).await? else {
            return Ok(Some(Fate::Close));
        };
        let mut body = std::mem::take(&mut head.rest);
        let length = head.length().unwrap_or_default();
        while body.len() < length {
            if self.client.read_buf(&mut body).await? == 0 {
                return Ok(Some(Fate::Close));
            }
        }
        let mut words = head.first.split(' ');
        let method = words.next().unwrap_or_default().to_owned();
        let path = words.next().unwrap_or_default().to_owned();
        let (call, id) = Call::of(&method, &path);
        self.shared.log().asked(call);
        let call = OneCall { call, id };

        if let Some(fate) = self.pass_blackhole(&call).await? {
            return Ok(Some(fate));
        }
        match self.fault(&call) {
            Some(Fault::Reset(Moment::Request) | Fault::Refuse) => return Ok(Some(Fate::Reset)),
            Some(Fault::HalfOpen(Moment::Request)) => return Ok(Some(Fate::Silence)),
            Some(Fault::Answer(canned, Moment::Request)) => {
                self.client.write_all(&canned.bytes()).await?;
                return Ok(None);
            }
            _ => {}
        }
        let mut upstream = TcpStream::connect(self.shared.upstream).await?;
        let request = head.bytes(&format!("{method} {path} HTTP/1.0"), "");
        upstream.write_all(&request).await?;
        upstream.write_all(&body).await?;
        let answer = Head::receive(&mut upstream, Vec::new()).await?;
        let Some(answer) = answer else {
            return Ok(Some(Fate::Close));
        };
        match self.fault(&call) {
            Some(Fault::Reset(Moment::Answer)) => return Ok(Some(Fate::Reset)),
            Some(Fault::HalfOpen(Moment::Answer)) => return Ok(Some(Fate::Silence)),
            Some(Fault::Answer(canned, Moment::Answer)) => {
                self.client.write_all(&canned.bytes()).await?;
                return Ok(None);
            }
            _ => {}
        }
        let fate = self.answer(&call, answer, upstream).await?;
        if fate.is_none() {
            self.shared.log().answered(call.call);
        }
        Ok(fate)
    }

    fn fault(&self, call: &OneCall) -> Option<Fault> {
        self.rules.borrow().on(call.call, &call.id).cloned()
    }

    /// Waits while nothing passes.
    async fn pass_blackhole(&mut self, call: &OneCall) -> io::Result<Option<Fate>> {
        let is_over =
            |rules: &Rules| !matches!(rules.on(call.call, &call.id), Some(Fault::Blackhole));
        tokio::select! {
            over = self.rules.wait_for(is_over) => {
                Ok(over.is_err().then_some(Fate::Close))
            }
            fate = let_go(self.client) => Ok(Some(fate)),
        }
    }

    /// Passes an answer on.
    async fn answer(
        &mut self,
        call: &OneCall,
        mut head: Head,
        mut upstream: TcpStream,
    ) -> io::Result<Option<Fate>> {
        if let Some(Fault::ContentType(kind)) = self.fault(call) {
            head.replace("content-type", kind);
        }
        let status = head.first.split_once(' ').map_or("", |(_, status)| status);
        let has_body = !status.starts_with("204");
        let chunked = head.length().is_none() && has_body;
        let more = if chunked {
            "transfer-encoding: chunked\r\n"
        } else {
            ""
        };
        let mut answer = Answer {
            chunked,
            is_stream: call.call == Call::Events && status.starts_with("200"),
            written: 0,
            arrived: std::mem::take(&mut head.rest),
            first_frame: true,
        };
        let bytes = head.bytes(&format!("HTTP/1.1 {status}"), more);
        if let Some(Fault::SlowHeaders { pause }) = self.fault(call) {
            for byte in bytes {
                self.client.write_all(&[byte]).await?;
                sleep(pause).await;
            }
        } else if let Some(fate) = self.put(call, &mut answer, &bytes).await? {
            return Ok(Some(fate));
        }
        let cuts = self.rules.borrow().cuts;
        let mut ended = false;
        loop {
            if let Some(fate) = self.pieces(call, &mut answer, ended).await? {
                return Ok(Some(fate));
            }
            if ended {
                if !answer.is_stream {
                    self.shared.log().whole(call.call, answer.written);
                }
                return Ok(None);
            }
            tokio::select! {
                got = upstream.read_buf(&mut answer.arrived) => ended = got? == 0,
                _ = self.rules.changed() => {
                    let fate = self.hurt_open(call, &mut answer, cuts).await?;
                    if fate.is_some() {
                        return Ok(fate);
                    }
                }
                // Who knows that the answer is whole may ask for the next thing before we do.
                got = self.client.read_buf(&mut self.arrived), if self.arrived.is_empty() => {
                    if got? == 0 {
                        return Ok(Some(Fate::Close));
                    }
                }
            }
        }
    }

    /// Writes what has arrived, as far as it is whole.
    async fn pieces(
        &mut self,
        call: &OneCall,
        answer: &mut Answer,
        ended: bool,
    ) -> io::Result<Option<Fate>> {
        while answer.is_stream
            && let Some(frame) = take_frame(&mut answer.arrived)
        {
            let bent = {
                let mut log = self.shared.log();
                log.frame(&frame);
                match self.fault(call) {
                    Some(Fault::Stream(bend)) => bend.frame(&frame, answer.first_frame, &log),
                    _ => frame,
                }
            };
            let piece = answer.piece(&bent);
            if let Some(fate) = self.put(call, answer, &piece).await? {
                return Ok(Some(fate));
            }
            if std::mem::take(&mut answer.first_frame) {
                self.shared.log().whole(call.call, answer.written);
            }
        }
        let mut rest = Vec::new();
        if !answer.is_stream || ended {
            let arrived = std::mem::take(&mut answer.arrived);
            rest = answer.piece(&arrived);
        }
        if ended && answer.chunked {
            rest.extend_from_slice(b"0\r\n\r\n");
        }
        if rest.is_empty() {
            return Ok(None);
        }
        self.put(call, answer, &rest).await
    }

    /// What a fault that begins now does to an answer that is on its way.
    async fn hurt_open(
        &mut self,
        call: &OneCall,
        answer: &mut Answer,
        cuts: u64,
    ) -> io::Result<Option<Fate>> {
        if answer.is_stream && self.rules.borrow_and_update().cuts != cuts {
            return Ok(Some(Fate::Close));
        }
        match self.fault(call) {
            Some(Fault::Reset(Moment::Request) | Fault::Refuse) => Ok(Some(Fate::Reset)),
            Some(Fault::HalfOpen(_)) => Ok(Some(Fate::Silence)),
            Some(Fault::HalfClose { .. }) if answer.is_stream => Ok(Some(Fate::HalfClose)),
            Some(Fault::Blackhole) => self.pass_blackhole(call).await,
            Some(Fault::Stream(bend)) if answer.is_stream => {
                let said = bend.interjection(&self.shared.log());
                let piece = answer.piece(&said);
                self.client.write_all(&piece).await?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// Writes bytes of an answer, as the fault of the moment has it.
    async fn put(
        &mut self,
        call: &OneCall,
        answer: &mut Answer,
        bytes: &[u8],
    ) -> io::Result<Option<Fate>> {
        let fault = self.fault(call);
        let (room, fate) = match &fault {
            Some(Fault::Truncate { after }) => (*after, Some(Fate::Close)),
            Some(Fault::HalfClose { after }) => (*after, Some(Fate::HalfClose)),
            _ => (usize::MAX, None),
        };
        let room = room.saturating_sub(answer.written);
        let fits = bytes.len() <= room;
        let bytes = &bytes[..bytes.len().min(room)];
        match fault {
            Some(Fault::Latency(time)) => {
                sleep(time).await;
                self.client.write_all(bytes).await?;
            }
            Some(Fault::Drip { bytes: size, pause }) => {
                for piece in bytes.chunks(size) {
                    self.client.write_all(piece).await?;
                    sleep(pause).await;
                }
            }
            _ => self.client.write_all(bytes).await?,
        }
        answer.written += bytes.len();
        Ok(fate.filter(|_| !fits))
    }
}

/// Resolves when the client lets go. It sends nothing while it waits for an answer to begin.
async fn let_go(client: &mut TcpStream) -> Fate {
    gone(client).await;
    Fate::Close
}

/// What is being asked, and about which connection of the API.
struct OneCall {
    call: Call,
    id: String,
}

/// An answer on its way.
struct Answer {
    chunked: bool,
    is_stream: bool,
    /// How much of it has gone out, its head included.
    written: usize,
    /// What has arrived and not gone out.
    arrived: Vec<u8>,
    first_frame: bool,
}

impl Answer {
    /// Bytes of the body as they stand on the wire.
    fn piece(&self, bytes: &[u8]) -> Vec<u8> {
        if !self.chunked || bytes.is_empty() {
            return bytes.to_vec();
        }
        let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
        chunk.extend_from_slice(bytes);
        chunk.extend_from_slice(b"\r\n");
        chunk
    }
}
