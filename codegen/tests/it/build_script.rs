//! What a build script does: files in `OUT_DIR`, written only when they change.

use std::fs;
use std::path::Path;

use barewire_codegen::Config;

fn write_schema(dir: &Path, file: &str, text: &str) {
    fs::create_dir_all(dir).unwrap();
    fs::write(dir.join(file), text).unwrap();
}

#[test]
fn writes_a_family_under_the_name_of_its_folder() {
    let temp = tempfile::tempdir().unwrap();
    let schema = temp.path().join("envoy");
    write_schema(&schema, "v1.bare", "type A struct { a: u8 }");
    write_schema(&schema, "v2.bare", "type A struct { a: u16 }");
    Config::new().out_dir(temp.path()).strategies().compile(&schema).unwrap();
    let text = fs::read_to_string(temp.path().join("envoy.rs")).unwrap();
    assert!(text.contains("pub mod v1 {") && text.contains("pub use self::v2 as latest;"));
    assert!(fs::read_to_string(temp.path().join("envoy_strategies.rs")).unwrap().contains("pub fn a()"));
}

#[test]
fn writes_one_schema_under_the_name_of_its_file() {
    let temp = tempfile::tempdir().unwrap();
    write_schema(temp.path(), "my.bare", "type A struct { a: u8 }");
    Config::new().out_dir(temp.path()).compile_file(temp.path().join("my.bare")).unwrap();
    assert!(fs::read_to_string(temp.path().join("my.rs")).unwrap().contains("pub struct A {"));
    assert!(!temp.path().join("my_strategies.rs").exists());
}

#[test]
fn does_not_touch_a_file_that_did_not_change() {
    let temp = tempfile::tempdir().unwrap();
    write_schema(temp.path(), "my.bare", "type A struct { a: u8 }");
    let config = Config::new().out_dir(temp.path());
    config.compile_file(temp.path().join("my.bare")).unwrap();
    let written = || fs::metadata(temp.path().join("my.rs")).unwrap().modified().unwrap();
    let before = written();
    let old = std::time::SystemTime::UNIX_EPOCH;
    fs::File::options().write(true).open(temp.path().join("my.rs")).unwrap().set_modified(old).unwrap();
    assert_ne!(written(), before);
    config.compile_file(temp.path().join("my.bare")).unwrap();
    assert_eq!(written(), old);
    write_schema(temp.path(), "my.bare", "type A struct { a: u16 }");
    config.compile_file(temp.path().join("my.bare")).unwrap();
    assert_ne!(written(), old);
}

#[test]
fn says_what_is_missing() {
    let temp = tempfile::tempdir().unwrap();
    let error = Config::new().compile(temp.path().join("nowhere")).unwrap_err();
    assert!(format!("{error:?}").contains("nowhere"), "{error:?}");
    let error = Config::new().compile_file(temp.path().join("no.bare")).unwrap_err();
    assert!(error.to_string().starts_with("cannot read `"), "{error}");
}

#[test]
fn tells_a_folder_from_a_file() {
    let temp = tempfile::tempdir().unwrap();
    write_schema(temp.path(), "v1.bare", "type A struct { a: u8 }");
    let error = Config::new().compile(temp.path().join("v1.bare")).unwrap_err();
    assert!(error.to_string().contains("v1.bare` is a file: `compile` takes the folder"), "{error}");
    let error = Config::new().compile_file(temp.path()).unwrap_err();
    assert!(error.to_string().contains("` is a folder: `compile_file` takes one schema"), "{error}");
}

#[test]
fn stops_when_a_frozen_version_changed() {
    let temp = tempfile::tempdir().unwrap();
    let schema = temp.path().join("envoy");
    write_schema(&schema, "frozen.txt", "v1 frozen\nv1 A struct{a:u8}\n");
    write_schema(&schema, "v1.bare", "# A comment may change.\ntype A struct { a: u8 }");
    let config = Config::new().out_dir(temp.path());
    config.compile(&schema).unwrap();
    write_schema(&schema, "v1.bare", "type A struct { a: u8 b: u8 }");
    let error = format!("{:?}", config.compile(&schema).unwrap_err());
    assert!(error.contains("error[B051]") && error.contains("1 octet less here"), "{error}");
}
