//! Response bodies, complete or not.

use futures_util::StreamExt as _;

use super::super::call::printable::line;

/// A response body, complete or as far as it was read.
pub(crate) struct ResponseBytes {
    pub(crate) bytes: Vec<u8>,
    /// Why it is incomplete, if it is.
    pub(crate) incomplete: Option<String>,
}

impl ResponseBytes {
    /// Reads at most `most` bytes of a body.
    pub(crate) async fn read<B: AsRef<[u8]>>(
        mut stream: impl futures_util::Stream<Item = reqwest::Result<B>> + Unpin,
        most: usize,
    ) -> Self {
        let mut body = Self { bytes: Vec::new(), incomplete: None };
        while let Some(chunk) = stream.next().await {
            match chunk {
                Ok(chunk) => {
                    let chunk = chunk.as_ref();
                    let room = most - body.bytes.len();
                    body.bytes.extend_from_slice(chunk.get(..room).unwrap_or(chunk));
                    if chunk.len() > room {
                        let advice = "Builder::max_response_bytes sets the limit";
                        body.incomplete = Some(format!("it is longer than {most} bytes; {advice}"));
                    }
                }
                Err(error) => body.incomplete = Some(format!("the connection failed ({})", line(&error.without_url()))),
            }
            if body.incomplete.is_some() {
                break;
            }
        }
        body
    }
}
