//! The view's types as TypeScript, for the page.

use ts_rs::{Config, TS};

use crate::{
    text::Text,
    view::{
        Autocomplete, ChoiceKind, ChoiceView, ConnectionView, FieldKind, FieldView, Keyboard, Lost,
        Method, Notice, Page, PromptView, Reason, Stage, Status, Step, StreamState, Trouble, View,
        Way,
    },
};

/// One exported declaration with its documentation.
#[must_use]
pub fn declaration<T: TS>() -> String {
    let config = Config::default();
    let docs = T::docs().unwrap_or_default();
    format!("{docs}export {}\n\n", T::decl(&config))
}

/// The declarations of every type of the view.
#[must_use]
pub fn declarations() -> String {
    [
        declaration::<Text>(),
        declaration::<View>(),
        declaration::<ConnectionView>(),
        declaration::<Status>(),
        declaration::<Step>(),
        declaration::<Stage>(),
        declaration::<PromptView>(),
        declaration::<FieldView>(),
        declaration::<FieldKind>(),
        declaration::<Reason>(),
        declaration::<Keyboard>(),
        declaration::<Autocomplete>(),
        declaration::<ChoiceView>(),
        declaration::<ChoiceKind>(),
        declaration::<Method>(),
        declaration::<Notice>(),
        declaration::<Trouble>(),
        declaration::<Page>(),
        declaration::<StreamState>(),
        declaration::<Lost>(),
        declaration::<Way>(),
    ]
    .concat()
}
