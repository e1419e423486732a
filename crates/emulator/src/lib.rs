//! A local Blynk Platform API to develop and test against, offline.
