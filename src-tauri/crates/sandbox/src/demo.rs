//! The world of `Settings.world = World::Demo`: the file `worlds/demo.toml`.

use serde::Deserialize;

use crate::{
    Error,
    planted::Planted,
    world::{Shared, World},
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    connection: Vec<Planted>,
}

/// Adds the connections of the file, of which the first is the newest, as the list has it.
pub(crate) fn populate(shared: &Shared, world: &mut World) -> Result<(), Error> {
    let broken = |message| Error::World {
        name: "demo".to_owned(),
        message,
    };
    let file: File = toml::from_str(include_str!("../worlds/demo.toml"))
        .map_err(|error| broken(error.to_string()))?;
    for planted in file.connection.into_iter().rev() {
        let domain = planted.domain.clone();
        planted
            .plant(shared, world)
            .map_err(|refusal| broken(format!("{domain}: {}", refusal.message())))?;
    }
    Ok(())
}
