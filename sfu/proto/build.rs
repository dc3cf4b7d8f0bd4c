//! Generates the Rust messages of `sfu.proto`; protox compiles it, so no `protoc` is needed.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=sfu.proto");
    let files = protox::compile(["sfu.proto"], ["."])?;
    prost_build::Config::new().compile_fds(files)?;
    Ok(())
}
