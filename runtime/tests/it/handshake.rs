//! Generated code and the runtime have the same major and minor version, or the build stops.

const OWN: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

const _: () = barewire::handshake(OWN);

#[test]
fn another_version_is_refused_with_advice() {
    for other in ["", "99.99", &OWN[..1], &format!("{OWN}0"), env!("CARGO_PKG_VERSION")] {
        let refused = std::panic::catch_unwind(|| barewire::handshake(other));
        let message = *refused.unwrap_err().downcast::<&str>().unwrap();
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            message,
            format!(
                "this file was generated for another version of `barewire` than {version}: \
                 give `barewire` and `barewire-codegen` the same version in Cargo.toml and build again"
            )
        );
    }
}
