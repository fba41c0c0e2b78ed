//! The implementation of a step between two versions, as far as it can be written without its author.

use barewire_syntax::family::Family;
use barewire_syntax::frozen::Label;
use proc_macro2::TokenStream;
use quote::ToTokens as _;

use crate::plan::{Body, Step};
use crate::{Config, Error, emit};

/// What a scaffold calls the things that are not in the schemas.
#[derive(Clone, Debug)]
pub struct Names {
    /// A path.
    pub(crate) module: String,
    /// A path.
    pub(crate) ty: TokenStream,
}

impl Names {
    /// The path of the module that includes the family, such as `crate::runner`, and that of the type which migrates.
    ///
    /// # Errors
    ///
    /// If one of them is no path of Rust.
    pub fn new(module: &str, ty: &str) -> Result<Self, Error> {
        let parse = |path: &str| {
            syn::parse_str::<syn::Path>(path).map_err(|_| {
                Error::config(format!("`{path}` is no path of Rust: expected one such as `crate::runner`"))
            })
        };
        parse(module)?;
        Ok(Self { module: module.to_owned(), ty: parse(ty)?.into_token_stream() })
    }
}

/// One method that a step asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// The version that values come from.
    pub from: Label,
    /// The version that they go to.
    pub to: Label,
    /// The method.
    pub method: String,
    /// Why nobody but the author of the schemas can write it.
    pub reasons: Vec<String>,
}

impl Config {
    /// What the steps between neighbouring versions ask, those up and those down, in the order of the versions.
    ///
    /// # Errors
    ///
    /// As [`Config::generate`].
    pub fn questions(&self, family: &Family) -> Result<Vec<Question>, Error> {
        let plan = self.plan_family(family)?;
        let of_step = |step: &Step| -> Vec<Question> {
            let asked = step.methods.iter().filter_map(|method| match &method.body {
                Body::Asked(reasons) => Some(Question {
                    from: step.from.clone(),
                    to: step.to.clone(),
                    method: method.name.clone(),
                    reasons: reasons.clone(),
                }),
                _ => None,
            });
            asked.collect()
        };
        Ok(plan.steps.iter().flat_map(of_step).collect())
    }

    /// The implementation of the step between two neighbouring versions, or from an alternate to its version:
    /// what the schemas determine is filled in, and each decision is a call of the macro `decide!`, which nothing defines.
    ///
    /// `None` if the versions are no such pair.
    ///
    /// # Errors
    ///
    /// As [`Config::generate`].
    pub fn scaffold(
        &self,
        family: &Family,
        from: &Label,
        to: &Label,
        names: &Names,
    ) -> Result<Option<String>, Error> {
        let plan = self.plan_family(family)?;
        let step = plan.steps.iter().find(|step| step.from == *from && step.to == *to);
        Ok(step.map(|step| emit::scaffold(step, names)))
    }
}
