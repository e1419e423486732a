//! Every kind of change: its id, what it does to the set of accepted values, what changes, and an example.

use std::{collections::HashMap, fmt, str::FromStr, sync::LazyLock};

use serde::{Serialize, Serializer};

use crate::variance::Effect;

/// What a kind of change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Paths, operations and their parts. They belong to one direction each.
    Api,
    /// Accepted values. They may occur in requests, in responses or in both.
    Values,
}

/// The columns of the table for one kind.
struct Row {
    scope: Scope,
    id: &'static str,
    effect: Effect,
    what: &'static str,
    example: (&'static str, &'static str),
}

/// Generates the enum and its table from the same rows, so that neither can have a kind that the other does not have.
macro_rules! change_kinds {
    ($($scope:ident {
        $($kind:ident $id:literal $effect:ident $what:literal $before:literal => $after:literal;)*
    })*) => {
        /// What changed between two documents.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeKind {
            $($(#[doc = $what] $kind,)*)*
        }

        impl ChangeKind {
            /// All kinds, in the order of a document.
            pub const ALL: &[Self] = &[$($(Self::$kind,)*)*];

            const fn row(self) -> Row {
                match self {
                    $($(Self::$kind => Row {
                        scope: Scope::$scope,
                        id: $id,
                        effect: Effect::$effect,
                        what: $what,
                        example: ($before, $after),
                    },)*)*
                }
            }
        }
    };
}

impl ChangeKind {
    /// The stable name, as in reports and allow files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.row().id
    }

    /// What a change of this kind does to the set of accepted values.
    #[must_use]
    pub const fn effect(self) -> Effect {
        self.row().effect
    }

    /// What changes, as the beginning of a sentence.
    #[must_use]
    pub const fn what(self) -> &'static str {
        self.row().what
    }

    /// An example: an excerpt of the base, and of the revision.
    #[must_use]
    pub const fn example(self) -> (&'static str, &'static str) {
        self.row().example
    }

    /// Whether it is about accepted values, which may occur in both directions.
    pub(crate) fn is_about_values(self) -> bool {
        self.row().scope == Scope::Values
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// A text that is not the id of any kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownChangeKind;

impl fmt::Display for UnknownChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown kind of change")
    }
}

impl std::error::Error for UnknownChangeKind {}

impl FromStr for ChangeKind {
    type Err = UnknownChangeKind;

    fn from_str(id: &str) -> Result<Self, UnknownChangeKind> {
        static BY_ID: LazyLock<HashMap<&str, ChangeKind>> =
            LazyLock::new(|| ChangeKind::ALL.iter().map(|kind| (kind.id(), *kind)).collect());
        BY_ID.get(id).copied().ok_or(UnknownChangeKind)
    }
}

impl Serialize for ChangeKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

// kind, id, effect on the set of accepted values
//     what changes
//     example: an excerpt of the base => the same excerpt of the revision
change_kinds! {
    Api {
        OpenapiVersionChanged "openapi-version-changed" Same
            "the document is written for another version of OpenAPI"
            "openapi: 3.0.3" => "openapi: 3.1.0";
        ApiVersionChanged "api-version-changed" Same
            "the API calls itself by another version"
            "version: 1.0.0" => "version: 1.1.0";
        WordsChanged "words-changed" Documentation
            "words for people are others"
            "description: A name" => "description: The name";
        ExtensionChanged "extension-changed" Documentation
            "an extension says something else to tools"
            "x-internal: true" => "(nothing)";
        Unclassified "unclassified" Both
            "something that no rule knows is another"
            "unknownKeyword: 1" => "unknownKeyword: 2";
        ServerAdded "server-added" Wider
            "a server is added"
            "servers: []" => "servers: [{url: https://eu.example}]";
        ServerRemoved "server-removed" Narrower
            "a server is gone"
            "servers: [{url: https://eu.example}]" => "servers: []";
        ServerChanged "server-changed" Both
            "the server is another"
            "url: https://a.example" => "url: https://b.example";
        FirstServerChanged "first-server-changed" Same
            "another of the servers is the first, which is called where none is chosen"
            "servers: [{url: https://eu.example}, {url: https://us.example}]"
                => "servers: [{url: https://us.example}, {url: https://eu.example}]";
        ServerVariableAdded "server-variable-added" Wider
            "a server has another variable"
            "url: https://{host}" => "variables: {host: {default: a.example}}";
        ServerVariableRemoved "server-variable-removed" Both
            "a variable of a server is gone"
            "variables: {host: {default: a.example}}" => "variables: {}";
        ServerVariableDefaultChanged "server-variable-default-changed" Both
            "a variable of a server has another default"
            "default: a.example" => "default: b.example";
        ServerVariableEnumSet "server-variable-enum-set" Narrower
            "a variable of a server takes only listed values"
            "(nothing)" => "enum: [eu, us]";
        ServerVariableEnumUnset "server-variable-enum-unset" Wider
            "a variable of a server takes any value"
            "enum: [eu, us]" => "(nothing)";
        ServerVariableValueAdded "server-variable-value-added" Wider
            "a variable of a server takes one more value"
            "enum: [eu]" => "enum: [eu, us]";
        ServerVariableValueRemoved "server-variable-value-removed" Narrower
            "a variable of a server no longer takes a value"
            "enum: [eu, us]" => "enum: [eu]";
        TagDescribed "tag-described" Same
            "the document describes one more tag"
            "tags: []" => "tags: [{name: Devices}]";
        TagUndescribed "tag-undescribed" Same
            "the document no longer describes a tag"
            "tags: [{name: Devices}]" => "tags: []";
        TagAdded "tag-added" Same
            "an operation has one more tag"
            "tags: []" => "tags: [Devices]";
        TagRemoved "tag-removed" Same
            "an operation has lost a tag"
            "tags: [Devices]" => "tags: []";
        PathAdded "path-added" Wider
            "a path is added"
            "paths: {}" => "paths: {/devices: …}";
        PathRemoved "path-removed" Narrower
            "a path is gone"
            "paths: {/devices: …}" => "paths: {}";
        PathRenamed "path-renamed" Both
            "a path has another name"
            "/devices" => "/things";
        PathTemplateRenamed "path-template-renamed" Same
            "a path names its variables otherwise"
            "/devices/{id}" => "/devices/{deviceId}";
        PathRemovedBeforeSunset "path-removed-before-sunset" Narrower
            "a deprecated path is gone before its day"
            "x-sunset: 2099-01-01" => "(nothing)";
        DeprecatedPathRemoved "deprecated-path-removed" Narrower
            "a path whose operations were deprecated is gone"
            "deprecated: true" => "(nothing)";
        EmptyPathRemoved "empty-path-removed" Same
            "a path without operations is gone"
            "/devices: {}" => "(nothing)";
        OperationAdded "operation-added" Wider
            "an operation is added"
            "/devices: {get: …}" => "/devices: {get: …, post: …}";
        OperationRemoved "operation-removed" Narrower
            "an operation is gone"
            "/devices: {get: …, post: …}" => "/devices: {get: …}";
        OperationRemovedBeforeSunset "operation-removed-before-sunset" Narrower
            "a deprecated operation is gone before its day"
            "x-sunset: 2099-01-01" => "(nothing)";
        DeprecatedOperationRemoved "deprecated-operation-removed" Narrower
            "an operation that was deprecated is gone"
            "deprecated: true" => "(nothing)";
        UnstableOperationRemoved "unstable-operation-removed" Narrower
            "a draft of an operation is gone"
            "x-stability-level: draft" => "(nothing)";
        MethodChanged "method-changed" Both
            "an operation is called by another method"
            "put" => "patch";
        OperationIdChanged "operation-id-changed" Same
            "an operation is called otherwise in the document"
            "operationId: createDevice" => "operationId: addDevice";
        OperationDeprecated "operation-deprecated" Same
            "an operation is deprecated"
            "deprecated: false" => "deprecated: true";
        OperationNotDeprecated "operation-not-deprecated" Same
            "an operation is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        SunsetChanged "sunset-changed" Same
            "the day on which something ends is another"
            "x-sunset: 2030-01-01" => "x-sunset: 2031-01-01";
        SunsetPassed "sunset-passed" Narrower
            "the day on which something deprecated ends has passed"
            "x-sunset: 2099-01-01" => "x-sunset: 2020-01-01";
        SunsetRemoved "sunset-removed" Narrower
            "nobody knows any more when something deprecated ends"
            "x-sunset: 2031-01-01" => "(nothing)";
        SunsetUnreadable "sunset-unreadable" Narrower
            "the day on which something deprecated ends is no day"
            "x-sunset: 2031-01-01" => "x-sunset: soon";
        StabilityChanged "stability-changed" Same
            "an operation is as stable as it was, or more"
            "x-stability-level: beta" => "x-stability-level: stable";
        StabilityLowered "stability-lowered" Narrower
            "an operation is less stable than it was"
            "x-stability-level: stable" => "x-stability-level: beta";
        StabilityUnknown "stability-unknown" Narrower
            "an operation has a level of stability that nobody knows"
            "x-stability-level: beta" => "x-stability-level: solid";
        CallbackAdded "callback-added" Wider
            "an operation calls back"
            "callbacks: {}" => "callbacks: {done: …}";
        CallbackRemoved "callback-removed" Narrower
            "an operation no longer calls back"
            "callbacks: {done: …}" => "callbacks: {}";
        WebhookAdded "webhook-added" Wider
            "a webhook is added"
            "webhooks: {}" => "webhooks: {deviceOnline: …}";
        WebhookRemoved "webhook-removed" Narrower
            "a webhook is gone"
            "webhooks: {deviceOnline: …}" => "webhooks: {}";
        WebhookRenamed "webhook-renamed" Both
            "a webhook has another name"
            "deviceOnline" => "deviceConnected";
        ParameterAdded "parameter-added" Wider
            "an operation takes one more parameter, which may be left out"
            "parameters: []" => "parameters: [{name: page, in: query}]";
        RequiredParameterAdded "required-parameter-added" Narrower
            "an operation asks for one more parameter"
            "parameters: []" => "parameters: [{name: page, in: query, required: true}]";
        ParameterRemoved "parameter-removed" Wider
            "an operation no longer knows a parameter"
            "parameters: [{name: page, in: query}]" => "parameters: []";
        ParameterRemovedBeforeSunset "parameter-removed-before-sunset" Narrower
            "a deprecated parameter is gone before its day"
            "x-sunset: 2099-01-01" => "(nothing)";
        ParameterMoved "parameter-moved" Both
            "a parameter stands elsewhere"
            "in: query" => "in: header";
        RequiredParameterMoved "required-parameter-moved" Both
            "a parameter that must be given stands elsewhere"
            "in: query" => "in: header";
        ParameterRenamed "parameter-renamed" Both
            "a parameter has another name"
            "name: page" => "name: pageNumber";
        RequiredParameterRenamed "required-parameter-renamed" Both
            "a parameter that must be given has another name"
            "name: page" => "name: pageNumber";
        ParameterRequired "parameter-required" Narrower
            "a parameter may no longer be left out"
            "required: false" => "required: true";
        ParameterNotRequired "parameter-not-required" Wider
            "a parameter may be left out"
            "required: true" => "required: false";
        ParameterDeprecated "parameter-deprecated" Same
            "a parameter is deprecated"
            "deprecated: false" => "deprecated: true";
        ParameterNotDeprecated "parameter-not-deprecated" Same
            "a parameter is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        ParameterChanged "parameter-changed" Both
            "a shared parameter is another one"
            "name: page" => "name: pageNumber";
        ParameterContentChanged "parameter-content-changed" Both
            "a parameter is written in another content type"
            "content: {application/json: …}" => "schema: …";
        ParameterDefaultChanged "parameter-default-changed" Both
            "leaving a parameter out means something else"
            "default: 10" => "default: 20";
        StyleChanged "style-changed" Both
            "a parameter is written in another style"
            "style: form" => "style: pipeDelimited";
        ExplodeChanged "explode-changed" Both
            "a list or object in a parameter is written otherwise"
            "explode: true" => "explode: false";
        ExplodeRestated "explode-restated" Same
            "`explode` is another where it makes no difference"
            "explode: true" => "explode: false";
        AllowReservedSet "allow-reserved-set" Both
            "reserved characters of a parameter are sent as they are"
            "allowReserved: false" => "allowReserved: true";
        AllowReservedUnset "allow-reserved-unset" Both
            "reserved characters of a parameter are escaped"
            "allowReserved: true" => "allowReserved: false";
        EmptyValueAllowed "empty-value-allowed" Wider
            "a parameter may be sent without a value"
            "allowEmptyValue: false" => "allowEmptyValue: true";
        EmptyValueRefused "empty-value-refused" Narrower
            "a parameter may not be sent without a value"
            "allowEmptyValue: true" => "allowEmptyValue: false";
        BodyAdded "body-added" Wider
            "an operation takes a body, which may be left out"
            "(nothing)" => "requestBody: {content: …}";
        RequiredBodyAdded "required-body-added" Narrower
            "an operation asks for a body"
            "(nothing)" => "requestBody: {required: true, content: …}";
        BodyRemoved "body-removed" Narrower
            "an operation takes no body any more"
            "requestBody: {content: …}" => "(nothing)";
        BodyRequired "body-required" Narrower
            "a body may no longer be left out"
            "required: false" => "required: true";
        BodyNotRequired "body-not-required" Wider
            "a body may be left out"
            "required: true" => "required: false";
        RequestContentAdded "request-content-added" Wider
            "a body may be sent in one more content type"
            "application/json" => "application/json, application/xml";
        RequestContentRemoved "request-content-removed" Narrower
            "a body may no longer be sent in a content type"
            "application/json, application/xml" => "application/json";
        RequestContentChanged "request-content-changed" Both
            "a body is sent in another content type"
            "application/json" => "application/xml";
        RequestContentWidened "request-content-widened" Wider
            "a body may be sent in a wider range of content types"
            "text/plain" => "text/*";
        RequestContentNarrowed "request-content-narrowed" Narrower
            "a body may be sent in a narrower range of content types"
            "text/*" => "text/plain";
        ContentParametersChanged "content-parameters-changed" Same
            "a content type has other parameters"
            "application/json" => "application/json; charset=utf-8";
        ResponseContentAdded "response-content-added" Wider
            "an answer comes in one more content type"
            "application/json" => "application/json, application/xml";
        ResponseContentRemoved "response-content-removed" Narrower
            "an answer no longer comes in a content type"
            "application/json, application/xml" => "application/json";
        ResponseContentChanged "response-content-changed" Both
            "an answer comes in another content type"
            "application/json" => "application/xml";
        ResponseContentWidened "response-content-widened" Wider
            "an answer comes in a wider range of content types"
            "text/plain" => "text/*";
        ResponseContentNarrowed "response-content-narrowed" Narrower
            "an answer comes in a narrower range of content types"
            "text/*" => "text/plain";
        EncodingChanged "encoding-changed" Both
            "parts of a body are written otherwise"
            "contentType: text/plain" => "contentType: application/json";
        SuccessStatusAdded "success-status-added" Wider
            "an operation may succeed with one more status"
            "200" => "200, 202";
        SuccessStatusRemoved "success-status-removed" Narrower
            "an operation no longer succeeds with a status"
            "200, 202" => "200";
        SuccessStatusChanged "success-status-changed" Both
            "an operation succeeds with another status"
            "200" => "201";
        StatusAdded "status-added" Wider
            "an operation may answer with one more status"
            "400" => "400, 404";
        StatusRemoved "status-removed" Narrower
            "an operation no longer answers with a status"
            "400, 404" => "400";
        StatusChanged "status-changed" Both
            "an operation answers with another status"
            "404" => "410";
        HeaderAdded "header-added" Narrower
            "an answer has one more header"
            "headers: {}" => "headers: {X-Total: …}";
        HeaderRemoved "header-removed" Wider
            "an answer no longer has a header that could be missing"
            "headers: {X-Total: …}" => "headers: {}";
        RequiredHeaderRemoved "required-header-removed" Wider
            "an answer no longer has a header that was always there"
            "X-Total: {required: true}" => "(nothing)";
        HeaderRenamed "header-renamed" Both
            "a header of an answer has another name"
            "X-Total" => "X-Count";
        RequiredHeaderRenamed "required-header-renamed" Both
            "a header of an answer that was always there has another name"
            "X-Total" => "X-Count";
        HeaderRequired "header-required" Narrower
            "a header is always there"
            "required: false" => "required: true";
        HeaderNotRequired "header-not-required" Wider
            "a header may be missing"
            "required: true" => "required: false";
        HeaderDeprecated "header-deprecated" Same
            "a header is deprecated"
            "deprecated: false" => "deprecated: true";
        HeaderNotDeprecated "header-not-deprecated" Same
            "a header is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        LinksChanged "links-changed" Same
            "an answer links to other operations"
            "links: {}" => "links: {next: …}";
        SecurityAdded "security-added" Narrower
            "an operation asks for credentials where it asked for none"
            "security: []" => "security: [{bearer: []}]";
        SecurityRemoved "security-removed" Wider
            "an operation asks for no credentials where it asked for some"
            "security: [{bearer: []}]" => "security: []";
        SecurityAlternativeAdded "security-alternative-added" Wider
            "an operation takes other credentials, too"
            "[{bearer: []}]" => "[{bearer: []}, {key: []}]";
        SecurityAlternativeRemoved "security-alternative-removed" Narrower
            "an operation no longer takes some credentials"
            "[{bearer: []}, {key: []}]" => "[{bearer: []}]";
        SecurityChanged "security-changed" Both
            "an operation asks for other credentials"
            "[{bearer: []}]" => "[{key: []}]";
        SecurityScopeNeeded "security-scope-needed" Narrower
            "an operation asks for a scope that it did not ask for"
            "oauth: []" => "oauth: [write]";
        SecurityScopeDropped "security-scope-dropped" Wider
            "an operation no longer asks for a scope"
            "oauth: [write]" => "oauth: []";
        SecurityRestated "security-restated" Same
            "an operation says by itself what the document says for all, or no longer does"
            "(nothing)" => "security: [{bearer: []}]";
        UnusedSecurityChanged "unused-security-changed" Same
            "operations that do not say so themselves would ask for other credentials, and there are none"
            "security: []" => "security: [{bearer: []}]";
        SecuritySchemeAdded "security-scheme-added" Wider
            "the document describes one more kind of credentials"
            "securitySchemes: {}" => "securitySchemes: {key: …}";
        SecuritySchemeRemoved "security-scheme-removed" Narrower
            "the document no longer describes a kind of credentials"
            "securitySchemes: {key: …}" => "securitySchemes: {}";
        SecuritySchemeRenamed "security-scheme-renamed" Same
            "a kind of credentials has another name in the document"
            "bearer" => "bearerAuth";
        SecuritySchemeChanged "security-scheme-changed" Both
            "a kind of credentials is another"
            "scheme: bearer" => "scheme: basic";
        SecuritySchemeDeprecated "security-scheme-deprecated" Same
            "a kind of credentials is deprecated"
            "deprecated: false" => "deprecated: true";
        SecuritySchemeNotDeprecated "security-scheme-not-deprecated" Same
            "a kind of credentials is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        BearerFormatChanged "bearer-format-changed" Same
            "a hint at the form of tokens is another"
            "bearerFormat: JWT" => "bearerFormat: opaque";
        TokenUrlChanged "token-url-changed" Both
            "tokens are to be had elsewhere"
            "tokenUrl: https://a.example" => "tokenUrl: https://b.example";
        AuthorizationUrlChanged "authorization-url-changed" Both
            "consent is to be had elsewhere"
            "authorizationUrl: https://a.example" => "authorizationUrl: https://b.example";
        FlowAdded "flow-added" Wider
            "credentials may be had in one more way"
            "flows: {}" => "flows: {clientCredentials: …}";
        FlowRemoved "flow-removed" Narrower
            "credentials are no longer to be had in a way"
            "flows: {clientCredentials: …}" => "flows: {}";
        ScopeAdded "scope-added" Wider
            "there is one more scope"
            "scopes: {}" => "scopes: {write: …}";
        ScopeRemoved "scope-removed" Narrower
            "there is no such scope any more"
            "scopes: {write: …}" => "scopes: {}";
        ComponentAdded "component-added" Same
            "the document has one more shared part"
            "parameters: {}" => "parameters: {Page: …}";
        ComponentRemoved "component-removed" Same
            "the document has lost a shared part"
            "parameters: {Page: …}" => "parameters: {}";
        SchemaAdded "schema-added" Same
            "the document has one more schema"
            "schemas: {}" => "schemas: {Device: …}";
        SchemaRemoved "schema-removed" Same
            "the document has lost a schema that nothing refers to any more"
            "schemas: {Device: …}" => "schemas: {}";
        UsedSchemaRemoved "used-schema-removed" Both
            "a schema is gone that is still referred to"
            "schemas: {Device: …}" => "schemas: {}";
        SchemaRenamed "schema-renamed" Same
            "a schema has another name"
            "Device" => "Thing";
        SchemaRestated "schema-restated" Same
            "a schema says the same in another way"
            "$ref: '#/components/schemas/Name'" => "type: string";
        ReferenceBroken "reference-broken" Both
            "a reference leads nowhere"
            "$ref: '#/components/schemas/Device'" => "$ref: '#/components/schemas/Devise'";
    }
    Values {
        SchemaSet "schema-set" Narrower
            "there is a schema where anything was taken"
            "(nothing)" => "schema: {type: string}";
        SchemaUnset "schema-unset" Wider
            "anything is taken where there was a schema"
            "schema: {type: string}" => "(nothing)";
        SchemaTightened "schema-tightened" Narrower
            "a schema takes values where it took any, or none where it took some"
            "true" => "{type: string}";
        SchemaLoosened "schema-loosened" Wider
            "a schema takes any value where it took some, or some where it took none"
            "{type: string}" => "true";
        SchemaDeprecated "schema-deprecated" Same
            "a schema or property is deprecated"
            "deprecated: false" => "deprecated: true";
        SchemaNotDeprecated "schema-not-deprecated" Same
            "a schema or property is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        TypeChanged "type-changed" Both
            "a value is of another type"
            "type: string" => "type: integer";
        TypeWidened "type-widened" Wider
            "a value may be of more types"
            "type: integer" => "type: number";
        TypeNarrowed "type-narrowed" Narrower
            "a value may be of fewer types"
            "type: number" => "type: integer";
        NullAllowed "null-allowed" Wider
            "a value may be null"
            "nullable: false" => "nullable: true";
        NullRefused "null-refused" Narrower
            "a value may no longer be null"
            "nullable: true" => "nullable: false";
        FormatSet "format-set" Both
            "a value has a format, which may say how it is written"
            "(nothing)" => "format: uuid";
        FormatUnset "format-unset" Both
            "a value no longer has a format"
            "format: uuid" => "(nothing)";
        FormatChanged "format-changed" Both
            "a value has another format"
            "format: uuid" => "format: date";
        FormatWidened "format-widened" Wider
            "a value has a wider format"
            "format: int32" => "format: int64";
        FormatNarrowed "format-narrowed" Narrower
            "a value has a narrower format"
            "format: int64" => "format: int32";
        FormatHintChanged "format-hint-changed" Same
            "a format is another that says nothing of values"
            "(nothing)" => "format: password";
        PatternSet "pattern-set" Narrower
            "a text has a pattern"
            "(nothing)" => "pattern: '^[a-z]+$'";
        PatternUnset "pattern-unset" Wider
            "a text no longer has a pattern"
            "pattern: '^[a-z]+$'" => "(nothing)";
        PatternChanged "pattern-changed" Both
            "a text has another pattern"
            "pattern: '^[a-z]+$'" => "pattern: '^[A-Z]+$'";
        EnumSet "enum-set" Narrower
            "only listed values are taken"
            "(nothing)" => "enum: [on, off]";
        EnumUnset "enum-unset" Wider
            "values are no longer listed"
            "enum: [on, off]" => "(nothing)";
        EnumValueAdded "enum-value-added" Wider
            "one more value is listed"
            "enum: [on]" => "enum: [on, off]";
        EnumValueRemoved "enum-value-removed" Narrower
            "a value is no longer listed"
            "enum: [on, off]" => "enum: [on]";
        ConstChanged "const-changed" Both
            "the only value is another"
            "const: on" => "const: off";
        ExtensibleEnumValueAdded "extensible-enum-value-added" Same
            "one more value is known, of an open list"
            "x-extensible-enum: [on]" => "x-extensible-enum: [on, off]";
        ExtensibleEnumValueRemoved "extensible-enum-value-removed" Narrower
            "a value is no longer known, of an open list"
            "x-extensible-enum: [on, off]" => "x-extensible-enum: [on]";
        MinLengthSet "min-length-set" Narrower
            "texts have a least length"
            "(nothing)" => "minLength: 1";
        MinLengthUnset "min-length-unset" Wider
            "texts have no least length any more"
            "minLength: 1" => "(nothing)";
        MinLengthRaised "min-length-raised" Narrower
            "texts must be longer"
            "minLength: 1" => "minLength: 2";
        MinLengthLowered "min-length-lowered" Wider
            "texts may be shorter"
            "minLength: 2" => "minLength: 1";
        MaxLengthSet "max-length-set" Narrower
            "texts have a greatest length"
            "(nothing)" => "maxLength: 64";
        MaxLengthUnset "max-length-unset" Wider
            "texts have no greatest length any more"
            "maxLength: 64" => "(nothing)";
        MaxLengthRaised "max-length-raised" Wider
            "texts may be longer"
            "maxLength: 64" => "maxLength: 128";
        MaxLengthLowered "max-length-lowered" Narrower
            "texts must be shorter"
            "maxLength: 64" => "maxLength: 32";
        MinItemsSet "min-items-set" Narrower
            "lists have a least count"
            "(nothing)" => "minItems: 1";
        MinItemsUnset "min-items-unset" Wider
            "lists have no least count any more"
            "minItems: 1" => "(nothing)";
        MinItemsRaised "min-items-raised" Narrower
            "lists must have more items"
            "minItems: 1" => "minItems: 2";
        MinItemsLowered "min-items-lowered" Wider
            "lists may have fewer items"
            "minItems: 2" => "minItems: 1";
        MaxItemsSet "max-items-set" Narrower
            "lists have a greatest count"
            "(nothing)" => "maxItems: 10";
        MaxItemsUnset "max-items-unset" Wider
            "lists have no greatest count any more"
            "maxItems: 10" => "(nothing)";
        MaxItemsRaised "max-items-raised" Wider
            "lists may have more items"
            "maxItems: 10" => "maxItems: 20";
        MaxItemsLowered "max-items-lowered" Narrower
            "lists must have fewer items"
            "maxItems: 10" => "maxItems: 5";
        MinPropertiesSet "min-properties-set" Narrower
            "objects have a least count of properties"
            "(nothing)" => "minProperties: 1";
        MinPropertiesUnset "min-properties-unset" Wider
            "objects have no least count of properties any more"
            "minProperties: 1" => "(nothing)";
        MinPropertiesRaised "min-properties-raised" Narrower
            "objects must have more properties"
            "minProperties: 1" => "minProperties: 2";
        MinPropertiesLowered "min-properties-lowered" Wider
            "objects may have fewer properties"
            "minProperties: 2" => "minProperties: 1";
        MaxPropertiesSet "max-properties-set" Narrower
            "objects have a greatest count of properties"
            "(nothing)" => "maxProperties: 10";
        MaxPropertiesUnset "max-properties-unset" Wider
            "objects have no greatest count of properties any more"
            "maxProperties: 10" => "(nothing)";
        MaxPropertiesRaised "max-properties-raised" Wider
            "objects may have more properties"
            "maxProperties: 10" => "maxProperties: 20";
        MaxPropertiesLowered "max-properties-lowered" Narrower
            "objects must have fewer properties"
            "maxProperties: 10" => "maxProperties: 5";
        MinContainsSet "min-contains-set" Both
            "a list must hold another count of certain items"
            "(nothing)" => "minContains: 2";
        MinContainsUnset "min-contains-unset" Both
            "a list must hold at least one of certain items"
            "minContains: 2" => "(nothing)";
        MinContainsRaised "min-contains-raised" Narrower
            "a list must hold more of certain items"
            "minContains: 1" => "minContains: 2";
        MinContainsLowered "min-contains-lowered" Wider
            "a list may hold fewer of certain items"
            "minContains: 2" => "minContains: 1";
        MaxContainsSet "max-contains-set" Narrower
            "a list may hold only so many of certain items"
            "(nothing)" => "maxContains: 2";
        MaxContainsUnset "max-contains-unset" Wider
            "a list may hold any number of certain items"
            "maxContains: 2" => "(nothing)";
        MaxContainsRaised "max-contains-raised" Wider
            "a list may hold more of certain items"
            "maxContains: 1" => "maxContains: 2";
        MaxContainsLowered "max-contains-lowered" Narrower
            "a list must hold fewer of certain items"
            "maxContains: 2" => "maxContains: 1";
        MinimumSet "minimum-set" Narrower
            "numbers have a least value"
            "(nothing)" => "minimum: 1";
        MinimumUnset "minimum-unset" Wider
            "numbers have no least value any more"
            "minimum: 1" => "(nothing)";
        MinimumRaised "minimum-raised" Narrower
            "numbers must be greater"
            "minimum: 1" => "minimum: 2";
        MinimumLowered "minimum-lowered" Wider
            "numbers may be smaller"
            "minimum: 2" => "minimum: 1";
        MaximumSet "maximum-set" Narrower
            "numbers have a greatest value"
            "(nothing)" => "maximum: 10";
        MaximumUnset "maximum-unset" Wider
            "numbers have no greatest value any more"
            "maximum: 10" => "(nothing)";
        MaximumRaised "maximum-raised" Wider
            "numbers may be greater"
            "maximum: 10" => "maximum: 20";
        MaximumLowered "maximum-lowered" Narrower
            "numbers must be smaller"
            "maximum: 10" => "maximum: 5";
        MultipleOfSet "multiple-of-set" Narrower
            "numbers go in steps"
            "(nothing)" => "multipleOf: 5";
        MultipleOfUnset "multiple-of-unset" Wider
            "numbers no longer go in steps"
            "multipleOf: 5" => "(nothing)";
        MultipleOfCoarser "multiple-of-coarser" Narrower
            "numbers go in coarser steps"
            "multipleOf: 5" => "multipleOf: 10";
        MultipleOfFiner "multiple-of-finer" Wider
            "numbers go in finer steps"
            "multipleOf: 10" => "multipleOf: 5";
        MultipleOfChanged "multiple-of-changed" Both
            "numbers go in other steps"
            "multipleOf: 5" => "multipleOf: 7";
        UniqueItemsSet "unique-items-set" Narrower
            "no two items of a list may be equal"
            "uniqueItems: false" => "uniqueItems: true";
        UniqueItemsUnset "unique-items-unset" Wider
            "items of a list may be equal"
            "uniqueItems: true" => "uniqueItems: false";
        ItemsAdded "items-added" Narrower
            "items of a list have a schema"
            "(nothing)" => "items: {type: string}";
        ItemsRemoved "items-removed" Wider
            "items of a list no longer have a schema"
            "items: {type: string}" => "(nothing)";
        AdditionalItemsClosed "additional-items-closed" Narrower
            "a list takes no other items, or only some"
            "(nothing)" => "unevaluatedItems: false";
        AdditionalItemsOpened "additional-items-opened" Wider
            "a list takes other items"
            "unevaluatedItems: false" => "(nothing)";
        PrefixItemAdded "prefix-item-added" Narrower
            "an item at a place of a list has a schema"
            "prefixItems: []" => "prefixItems: [{type: string}]";
        PrefixItemRemoved "prefix-item-removed" Wider
            "an item at a place of a list no longer has a schema"
            "prefixItems: [{type: string}]" => "prefixItems: []";
        PrefixItemAllowed "prefix-item-allowed" Wider
            "a list takes one more item"
            "prefixItems: [{}], items: false" => "prefixItems: [{}, {}], items: false";
        PrefixItemRefused "prefix-item-refused" Narrower
            "a list takes one item less"
            "prefixItems: [{}, {}], items: false" => "prefixItems: [{}], items: false";
        ContainsAdded "contains-added" Narrower
            "a list must hold certain items"
            "(nothing)" => "contains: {const: on}";
        ContainsRemoved "contains-removed" Wider
            "a list need not hold certain items any more"
            "contains: {const: on}" => "(nothing)";
        ContentChanged "content-changed" Both
            "what a text holds is written otherwise"
            "contentEncoding: base64" => "contentEncoding: base16";
        ContentSchemaAdded "content-schema-added" Narrower
            "what a text holds has a schema"
            "(nothing)" => "contentSchema: {type: object}";
        ContentSchemaRemoved "content-schema-removed" Wider
            "what a text holds no longer has a schema"
            "contentSchema: {type: object}" => "(nothing)";
        PropertyAdded "property-added" Narrower
            "an object has one more property, which may be left out"
            "properties: {}" => "properties: {name: …}";
        RequiredPropertyAdded "required-property-added" Narrower
            "an object has one more property, which must be given"
            "properties: {}" => "properties: {name: …}, required: [name]";
        RequiredPropertyWithDefaultAdded "required-property-with-default-added" Narrower
            "an object has one more property, which must be given though it has a default"
            "properties: {}" => "properties: {name: {default: x}}, required: [name]";
        PropertyDeclaredAndNotRequired "property-declared-and-not-required" Wider
            "a property that had to be given is described and may be left out"
            "required: [name]" => "properties: {name: …}";
        PropertyRemoved "property-removed" Wider
            "an object no longer describes a property that could be left out"
            "properties: {name: …}" => "properties: {}";
        PropertyRenamed "property-renamed" Both
            "a property that may be left out has another name"
            "properties: {name: …}" => "properties: {title: …}";
        RequiredPropertyRenamed "required-property-renamed" Both
            "a property that must be given has another name"
            "properties: {name: …}, required: [name]" => "properties: {title: …}, required: [title]";
        PropertyUndeclared "property-undeclared" Wider
            "an object no longer describes a property that must still be given"
            "properties: {name: …}, required: [name]" => "required: [name]";
        PropertyRefused "property-refused" Both
            "an object no longer takes a property"
            "properties: {name: …}, additionalProperties: false" => "properties: {}, additionalProperties: false";
        RequiredPropertyRemoved "required-property-removed" Wider
            "an object no longer has a property that had to be given"
            "properties: {name: …}, required: [name]" => "properties: {}";
        PropertyRequired "property-required" Narrower
            "a property must be given"
            "required: []" => "required: [name]";
        PropertyWithDefaultRequired "property-with-default-required" Narrower
            "a property must be given though it has a default"
            "required: []" => "required: [name]";
        PropertyNotRequired "property-not-required" Wider
            "a property may be left out"
            "required: [name]" => "required: []";
        ReadOnlySet "read-only-set" Narrower
            "a property only comes from the server"
            "readOnly: false" => "readOnly: true";
        ReadOnlyUnset "read-only-unset" Wider
            "a property may be sent"
            "readOnly: true" => "readOnly: false";
        RequiredPropertyNotReadOnly "required-property-not-read-only" Narrower
            "a property that must be given may, and must, be sent"
            "readOnly: true" => "readOnly: false";
        WriteOnlySet "write-only-set" Wider
            "a property no longer comes from the server"
            "writeOnly: false" => "writeOnly: true";
        RequiredPropertyWriteOnly "required-property-write-only" Wider
            "a property that was always there no longer comes from the server"
            "writeOnly: false" => "writeOnly: true";
        WriteOnlyUnset "write-only-unset" Narrower
            "a property comes from the server"
            "writeOnly: true" => "writeOnly: false";
        AdditionalPropertiesClosed "additional-properties-closed" Narrower
            "an object takes no other properties, or only some"
            "additionalProperties: true" => "additionalProperties: false";
        AdditionalPropertiesOpened "additional-properties-opened" Wider
            "an object takes other properties"
            "additionalProperties: false" => "additionalProperties: true";
        PropertyNamesAdded "property-names-added" Narrower
            "names of properties have a schema"
            "(nothing)" => "propertyNames: {maxLength: 8}";
        PropertyNamesRemoved "property-names-removed" Wider
            "names of properties no longer have a schema"
            "propertyNames: {maxLength: 8}" => "(nothing)";
        ConditionAdded "condition-added" Narrower
            "a value must meet one more condition"
            "(nothing)" => "not: {const: on}";
        ConditionRemoved "condition-removed" Wider
            "a value need not meet a condition any more"
            "not: {const: on}" => "(nothing)";
        ConditionChanged "condition-changed" Both
            "a value must meet another condition"
            "not: {const: on}" => "not: {const: off}";
        DefaultChanged "default-changed" Same
            "leaving a value out may mean something else"
            "default: 10" => "default: 20";
        XmlChanged "xml-changed" Both
            "a value is written otherwise in XML"
            "xml: {name: a}" => "xml: {name: b}";
        UnionIntroduced "union-introduced" Wider
            "a schema became one branch of several"
            "{$ref: Cat}" => "oneOf: [{$ref: Cat}, {$ref: Dog}]";
        UnionReduced "union-reduced" Narrower
            "one branch of several is all that is left"
            "oneOf: [{$ref: Cat}, {$ref: Dog}]" => "{$ref: Cat}";
        DemandsAdded "demands-added" Narrower
            "a schema became one of several that must all hold"
            "{$ref: Cat}" => "allOf: [{$ref: Cat}, {$ref: Aged}]";
        DemandsDropped "demands-dropped" Wider
            "one of several that had to hold is all that is left"
            "allOf: [{$ref: Cat}, {$ref: Aged}]" => "{$ref: Cat}";
        AllOfSet "all-of-set" Narrower
            "other schemas must hold, too"
            "(nothing)" => "allOf: [{$ref: Aged}]";
        AllOfUnset "all-of-unset" Wider
            "other schemas need not hold any more"
            "allOf: [{$ref: Aged}]" => "(nothing)";
        AllOfBranchAdded "all-of-branch-added" Narrower
            "one more schema must hold"
            "allOf: [{$ref: Cat}]" => "allOf: [{$ref: Cat}, {$ref: Aged}]";
        AllOfBranchRemoved "all-of-branch-removed" Wider
            "a schema need not hold any more"
            "allOf: [{$ref: Cat}, {$ref: Aged}]" => "allOf: [{$ref: Cat}]";
        AllOfPropertiesRemoved "all-of-properties-removed" Wider
            "a schema that only described properties that may be left out need not hold any more"
            "allOf: [{$ref: Cat}, {properties: {age: …}}]" => "allOf: [{$ref: Cat}]";
        OneOfSet "one-of-set" Narrower
            "one of several schemas must hold"
            "(nothing)" => "oneOf: [{$ref: Cat}, {$ref: Dog}]";
        OneOfUnset "one-of-unset" Wider
            "none of several schemas need hold"
            "oneOf: [{$ref: Cat}, {$ref: Dog}]" => "(nothing)";
        OneOfBranchAdded "one-of-branch-added" Wider
            "a union has one more branch"
            "oneOf: [{$ref: Cat}]" => "oneOf: [{$ref: Cat}, {$ref: Dog}]";
        OneOfBranchRemoved "one-of-branch-removed" Narrower
            "a union has lost a branch"
            "oneOf: [{$ref: Cat}, {$ref: Dog}]" => "oneOf: [{$ref: Cat}]";
        AnyOfSet "any-of-set" Narrower
            "any of several schemas must hold"
            "(nothing)" => "anyOf: [{$ref: Cat}, {$ref: Dog}]";
        AnyOfUnset "any-of-unset" Wider
            "none of several schemas need hold"
            "anyOf: [{$ref: Cat}, {$ref: Dog}]" => "(nothing)";
        AnyOfBranchAdded "any-of-branch-added" Wider
            "a union has one more branch"
            "anyOf: [{$ref: Cat}]" => "anyOf: [{$ref: Cat}, {$ref: Dog}]";
        AnyOfBranchRemoved "any-of-branch-removed" Narrower
            "a union has lost a branch"
            "anyOf: [{$ref: Cat}, {$ref: Dog}]" => "anyOf: [{$ref: Cat}]";
        DiscriminatorSet "discriminator-set" Same
            "a property tells the branches of a union apart"
            "(nothing)" => "discriminator: {propertyName: kind}";
        DiscriminatorUnset "discriminator-unset" Same
            "no property tells the branches of a union apart any more"
            "discriminator: {propertyName: kind}" => "(nothing)";
        DiscriminatorPropertyChanged "discriminator-property-changed" Same
            "another property tells the branches of a union apart"
            "propertyName: kind" => "propertyName: type";
        DiscriminatorValueAdded "discriminator-value-added" Same
            "one more value names a branch of a union"
            "mapping: {}" => "mapping: {cat: Cat}";
        DiscriminatorValueRemoved "discriminator-value-removed" Same
            "a value no longer names a branch of a union"
            "mapping: {cat: Cat}" => "mapping: {}";
        DiscriminatorValueChanged "discriminator-value-changed" Same
            "a value names another branch of a union"
            "mapping: {cat: Cat}" => "mapping: {cat: Dog}";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_names_in_kebab_case_and_parse_back() {
        for kind in ChangeKind::ALL {
            let mut kebab = String::new();
            for c in format!("{kind:?}").chars() {
                if c.is_ascii_uppercase() && !kebab.is_empty() {
                    kebab.push('-');
                }
                kebab.push(c.to_ascii_lowercase());
            }
            assert_eq!(kind.id(), kebab);
            assert_eq!(kind.id().parse(), Ok(*kind));
        }
        assert_eq!("no-such-change".parse::<ChangeKind>(), Err(UnknownChangeKind));
    }
}
