//! Opaque identifiers, secrets and tokens of random characters, and their hashes.

use rand::TryRng;
use rand::rngs::{SysError, SysRng};
use sha2::{Digest, Sha256};

/// The alphabet of identifiers, secrets and tokens [L]. Its 64 characters map to six random bits without bias.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The prefix of every client ID [L].
pub(crate) const CLIENT_ID_PREFIX: &str = "oa2-client-id_";

/// Generates a client ID: the prefix and 32 random characters [L].
pub(crate) fn client_id() -> Result<String, SysError> {
    Ok(format!("{CLIENT_ID_PREFIX}{}", random_characters::<32>()?))
}

/// Generates a secret, access token or refresh token: 40 random characters, 240 bits [L].
pub(crate) fn secret() -> Result<String, SysError> {
    random_characters::<40>()
}

fn random_characters<const LENGTH: usize>() -> Result<String, SysError> {
    let mut bytes = [0; LENGTH];
    SysRng.try_fill_bytes(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect())
}

/// Returns the hash by which a secret or token is stored and looked up.
///
/// A fast hash is sufficient: slow hashes protect secrets that people choose, and 240 random bits cannot be guessed.
/// The timing of a lookup may reveal a prefix of a stored hash, which reveals nothing about the secret.
pub(crate) fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn secrets_are_unique_and_use_the_whole_alphabet() {
        let secrets: HashSet<String> = (0..200).map(|_| secret().unwrap()).collect();
        assert_eq!(secrets.len(), 200);
        let characters: HashSet<u8> = secrets.iter().flat_map(|secret| secret.bytes()).collect();
        assert_eq!(characters, ALPHABET.iter().copied().collect());
        assert!(secrets.iter().all(|secret| secret.len() == 40));
    }
}
