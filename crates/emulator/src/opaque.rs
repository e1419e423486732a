//! Identifiers, secrets and tokens: opaque text of random characters, and the hashes that are kept of it.

use rand::TryRng;
use rand::rngs::{SysError, SysRng};
use sha2::{Digest, Sha256};

/// The characters of all opaque text [L]. There are 64, so that six bits of a random byte choose each one equally
/// often.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What every client's identifier starts with [L].
pub(crate) const CLIENT_ID_PREFIX: &str = "oa2-client-id_";

/// A new client identifier: the prefix and 32 random characters [L].
pub(crate) fn client_id() -> Result<String, SysError> {
    Ok(format!("{CLIENT_ID_PREFIX}{}", random_text::<32>()?))
}

/// A new secret, access token or refresh token: 40 random characters, which are 240 bits [L].
pub(crate) fn secret() -> Result<String, SysError> {
    random_text::<40>()
}

fn random_text<const LENGTH: usize>() -> Result<String, SysError> {
    let mut bytes = [0; LENGTH];
    SysRng.try_fill_bytes(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect())
}

/// The hash that is stored of a secret or token, and that it is looked up by.
///
/// A fast hash is right here. A slow one makes guessing costly where people choose the secret; nobody guesses 240
/// random bits. The timing of a lookup may tell how a stored hash begins, from which nothing about the text follows.
pub(crate) fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn secrets_differ_and_use_the_whole_alphabet() {
        let secrets: HashSet<String> = (0..200).map(|_| secret().unwrap()).collect();
        assert_eq!(secrets.len(), 200);
        let characters: HashSet<u8> = secrets.iter().flat_map(|secret| secret.bytes()).collect();
        assert_eq!(characters, ALPHABET.iter().copied().collect());
        assert!(secrets.iter().all(|secret| secret.len() == 40));
    }
}
