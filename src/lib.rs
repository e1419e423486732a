//! Client SDK for the Blynk Platform API.
