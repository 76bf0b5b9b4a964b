# Recipes of every day. `just` lists them; each is one cargo command that can be typed as well.

default:
    @just --list

# The tests of one module: the inner loop
unit module="":
    cargo test --lib {{ module }}

# The tests of one subject of the suite
suite name="":
    cargo test --test suite {{ name }}

# Formatting and lints, as .ci/run asks for them
lint:
    cargo fmt --all --check
    rustfmt --check --edition 2024 src/report/pictures/*.rs
    cargo clippy --locked --all-targets -- -D warnings

# Rewrite the committed texts and pictures, to be read before they are committed
update name="":
    ROSI_UPDATE=1 cargo test --test suite {{ name }}

# Everything that has to hold before a change lands
all:
    .ci/run

# Licences, sources and bans of everything that is built in
deny:
    packaging/audit
