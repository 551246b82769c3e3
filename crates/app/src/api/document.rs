//! Owns: the OpenAPI 3.1 document, put together from the routes' own types and words. Doesn't own: any of those.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use charter::{Charter, FieldKind, FormField, FormKind};
use guard::Scope;
use kernel::{Locale, Word};
use utoipa::{
    IntoParams, IntoResponses, PartialSchema, ToSchema,
    openapi::{
        Content, Info, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Server, Tag,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{
            AdditionalProperties, ArrayBuilder, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat,
            SchemaType, Type,
        },
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};
use web::Problem;

use crate::{Route, Site};

/// The name of the schema whose fields are those that the site's charter asks.
const FORM: &str = "ApplicationForm";

/// The schemas that bodies are read into: a field that they don't have is refused.
const TAKEN: [&str; 6] = ["Amount", "Decide", "Move", "NewState", "Offer", "Salary"];

const ABOUT: &str = "The API of a Vivier site. It does what the site's charter allows to the role of whoever made the \
    token, read anew at each call, and nothing more: what the charter doesn't show isn't there, a field it doesn't list \
    is refused with the clause that says so, and no program decides about a person.\n\n\
    Errors are problem documents (RFC 9457) in the language of `Accept-Language`. Lists are paged by key: give `next` \
    back as `after`, with the same question. A write takes an `Idempotency-Key`: asked again with it within 24 hours, it \
    gives the first answer again.";

/// The document of a site.
pub(super) async fn serve(State(site): State<Site>) -> Json<OpenApi> {
    let mut document = document(&crate::routes(), &site.guard().charter());
    document.servers = Some(vec![Server::new(site.url(""))]);
    Json(document)
}

/// The document of those routes under that charter.
#[must_use]
pub fn document(routes: &[Route], charter: &Charter) -> OpenApi {
    let mut info = Info::new("Vivier", env!("CARGO_PKG_VERSION"));
    info.description = Some(ABOUT.to_owned());
    let mut document = OpenApi::new(info, utoipa::openapi::Paths::new());
    let mut components = utoipa::openapi::Components::new();
    let mut shared = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut shared);
    components.schemas.extend(shared);
    for (schemas, paths) in routes.iter().filter_map(|route| route.document.as_ref()) {
        components.schemas.extend(schemas.iter().cloned());
        for (path, item) in &paths.paths {
            document.paths.paths.insert(path.clone(), item.clone());
        }
    }
    components.schemas.insert(FORM.to_owned(), form(charter).into());
    for name in TAKEN {
        if let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(name) {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
    let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.word()).collect();
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.description = Some(format!(
        "Made on the desk under “API tokens”. Scopes: {}.",
        scopes.join(", ")
    ));
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    document.components = Some(components);
    document.tags = Some(
        ["vacancies", "applications", "documents", "people"]
            .map(Tag::new)
            .to_vec(),
    );
    document
}

/// What the charter asks of who applies, whichever of its two forms.
fn form(charter: &Charter) -> Object {
    let kinds = [FormKind::TargetedApplication, FormKind::UnsolicitedApplication];
    let forms: Vec<_> = charter
        .forms()
        .iter()
        .filter(|form| kinds.contains(&form.kind))
        .collect();
    let mut object = ObjectBuilder::new()
        .description(Some(
            "What the charter's form asks, by the charter's names; nothing else is taken.",
        ))
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    let mut needed: BTreeMap<&str, usize> = BTreeMap::new();
    for field in forms.iter().flat_map(|form| &form.fields) {
        object = object.property(field.name.clone(), asked(field));
        *needed.entry(&field.name).or_default() += usize::from(field.required);
    }
    for (name, _) in needed.iter().filter(|(_, times)| **times == forms.len()) {
        object = object.required(*name);
    }
    object.build()
}

fn asked(field: &FormField) -> Schema {
    let label = field.label(Locale::En).to_owned();
    let text = ObjectBuilder::new().schema_type(Type::String);
    let binary = || Some(SchemaFormat::KnownFormat(KnownFormat::Binary));
    match field.kind {
        FieldKind::File => text.format(binary()).description(Some(label)).build().into(),
        FieldKind::Files => ArrayBuilder::new()
            .items(text.format(binary()).build())
            .max_items(Some(field.max_files))
            .description(Some(label))
            .into(),
        FieldKind::Email => text
            .format(Some(SchemaFormat::Custom("email".to_owned())))
            .max_length(Some(field.max_length))
            .description(Some(label))
            .build()
            .into(),
        FieldKind::Choice => text
            .enum_values(Some(field.choices.iter().map(|choice| choice.value.clone())))
            .description(Some(label))
            .build()
            .into(),
        _ => text
            .max_length(Some(field.max_length))
            .description(Some(label))
            .build()
            .into(),
    }
}

/// The schema of one of an enumeration's words.
pub(crate) fn word<T: Word>() -> Object {
    let words = T::ALL.iter().map(|value| value.word());
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(words))
        .build()
}

/// The schema of a list of them.
pub(crate) fn words<T: Word>() -> Schema {
    ArrayBuilder::new().items(word::<T>()).into()
}

/// The schema of an identifier.
pub(crate) fn id() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^[0-9a-f]{32}$"))
        .build()
}

/// The schema of an identifier where there may be none.
pub(crate) fn id_or_null() -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .pattern(Some("^[0-9a-f]{32}$"))
        .build()
}

/// The header by which a write is done once.
pub(crate) struct OnceKey;

impl IntoParams for OnceKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let key = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[!-~]{1,255}$"));
        let about =
            "Of the caller's choice. Asked again with it within 24 hours, the first answer is given again.";
        vec![
            ParameterBuilder::new()
                .name("Idempotency-Key")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some(about))
                .schema(Some(key))
                .build(),
        ]
    }
}

/// How a reading may be refused.
pub(crate) struct Reads;
/// How a writing may be refused.
pub(crate) struct Writes;

const READS: [(u16, &str); 6] = [
    (400, "A parameter that nobody knows, or whose value doesn't fit"),
    (401, "No token, or none that works"),
    (403, "Not for this role, or not within the token's scopes"),
    (404, "Nothing there, or nothing that this role may see"),
    (500, "Our fault; recorded under the reference"),
    (503, "Not now; `Retry-After` says when"),
];
const WRITES: [(u16, &str); 4] = [
    (409, "It doesn't fit the present state"),
    (413, "Larger than is taken"),
    (415, "Of another type than is taken"),
    (
        422,
        "Something in the body doesn't fit; `errors` says what, where, and by which clause",
    ),
];

impl IntoResponses for Reads {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(READS.iter())
    }
}

impl IntoResponses for Writes {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(READS.iter().chain(&WRITES))
    }
}

fn problems<'a>(of: impl Iterator<Item = &'a (u16, &'a str)>) -> BTreeMap<String, RefOr<Response>> {
    let problem = || Content::new(Some(Ref::from_schema_name(Problem::name())));
    of.map(|(status, why)| {
        let response = ResponseBuilder::new().description(*why);
        let response = response.content("application/problem+json", problem());
        (status.to_string(), response.build().into())
    })
    .collect()
}
