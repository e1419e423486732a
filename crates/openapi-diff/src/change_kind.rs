//! Every kind of change: its id, its effect on the set of accepted values, a description, its message and an example.

use std::{collections::HashMap, fmt, str::FromStr, sync::LazyLock};

use serde::{Serialize, Serializer};

use crate::variance::Effect;

/// What a kind of change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Paths, operations and their parts. Each belongs to one direction.
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
    message: &'static str,
    example: (&'static str, &'static str),
}

/// Generates the enum and its table from the same rows, so that neither can have a kind that the other does not have.
macro_rules! change_kinds {
    ($($scope:ident {
        $($kind:ident $id:literal $effect:ident $what:literal $message:literal $before:literal => $after:literal;)*
    })*) => {
        /// A kind of change between two documents.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeKind {
            $($(#[doc = concat!(" `", $id, "`: ", $what, ".")] $kind,)*)*
        }

        impl ChangeKind {
            /// All kinds, in the order in which a document has the values.
            pub const ALL: &[Self] = &[$($(Self::$kind,)*)*];

            const fn row(self) -> Row {
                match self {
                    $($(Self::$kind => Row {
                        scope: Scope::$scope,
                        id: $id,
                        effect: Effect::$effect,
                        what: $what,
                        message: $message,
                        example: ($before, $after),
                    },)*)*
                }
            }
        }
    };
}

impl ChangeKind {
    /// Returns the stable name in reports and allow files, such as `path-removed`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.row().id
    }

    /// Returns what a change of this kind does to the set of accepted values.
    #[must_use]
    pub const fn effect(self) -> Effect {
        self.row().effect
    }

    /// Returns what changes, as a sentence without its capital and its period.
    #[must_use]
    pub const fn what(self) -> &'static str {
        self.row().what
    }

    /// Returns the template of the message, to be appended to the subject.
    pub(crate) const fn message(self) -> &'static str {
        self.row().message
    }

    /// Returns an example: an excerpt of the base, and of the revision.
    #[must_use]
    pub const fn example(self) -> (&'static str, &'static str) {
        self.row().example
    }

    /// Returns whether it concerns accepted values, which may occur in both directions.
    pub(crate) fn is_about_values(self) -> bool {
        self.row().scope == Scope::Values
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// The error for a string that is not the id of a kind of change.
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
//     description
//     message, appended to the subject; `message.rs` defines the placeholders
//     example: an excerpt of the base => the same excerpt of the revision
change_kinds! {
    Api {
        OpenapiVersionChanged "openapi-version-changed" Same
            "the version of OpenAPI changes (`openapi`, `swagger`, `jsonSchemaDialect` or `$self`)"
            ": {change}"
            "openapi: 3.0.3" => "openapi: 3.1.0";
        ApiVersionChanged "api-version-changed" Same
            "the version of the API changes (`info.version`)"
            ": {change}"
            "version: 1.0.0" => "version: 1.1.0";
        WordsChanged "words-changed" Documentation
            "documentation changes: a title, description, summary, example or link to external documentation"
            ": {edit}"
            "description: A name" => "description: The name";
        ExtensionChanged "extension-changed" Documentation
            "a specification extension (`x-…`) changes"
            ": {change}"
            "x-internal: true" => "(nothing)";
        Unclassified "unclassified" Both
            "a keyword changes that OpenAPI does not define, or a value of a type that it does not allow there"
            ": {change}"
            "unknownKeyword: 1" => "unknownKeyword: 2";
        ServerAdded "server-added" Wider
            "a server is added"
            " added"
            "servers: []" => "servers: [{url: https://eu.example}]";
        ServerRemoved "server-removed" Narrower
            "a server is removed"
            " removed"
            "servers: [{url: https://eu.example}]" => "servers: []";
        ServerChanged "server-changed" Both
            "the `url` of the only server changes"
            ": {change}"
            "url: https://a.example" => "url: https://b.example";
        FirstServerChanged "first-server-changed" Same
            "another server becomes the first, which is the default"
            ": no longer the first server, which is now {url}"
            "servers: [{url: https://eu.example}, {url: https://us.example}]"
                => "servers: [{url: https://us.example}, {url: https://eu.example}]";
        ServerVariableAdded "server-variable-added" Wider
            "a server variable is added"
            " added"
            "url: https://{host}" => "variables: {host: {default: a.example}}";
        ServerVariableRemoved "server-variable-removed" Both
            "a server variable is removed"
            " removed"
            "variables: {host: {default: a.example}}" => "variables: {}";
        ServerVariableDefaultChanged "server-variable-default-changed" Both
            "the `default` of a server variable changes"
            ": {change}"
            "default: a.example" => "default: b.example";
        ServerVariableEnumSet "server-variable-enum-set" Narrower
            "`enum` of a server variable is added"
            ": enum {revision} added"
            "(nothing)" => "enum: [eu, us]";
        ServerVariableEnumUnset "server-variable-enum-unset" Wider
            "`enum` of a server variable is removed"
            ": enum {base} removed"
            "enum: [eu, us]" => "(nothing)";
        ServerVariableValueAdded "server-variable-value-added" Wider
            "a value is added to `enum` of a server variable"
            ": enum value {value} added"
            "enum: [eu]" => "enum: [eu, us]";
        ServerVariableValueRemoved "server-variable-value-removed" Narrower
            "a value is removed from `enum` of a server variable"
            ": enum value {value} removed"
            "enum: [eu, us]" => "enum: [eu]";
        TagDescribed "tag-described" Same
            "a tag is added to the document's `tags`"
            " added to the tags of the document"
            "tags: []" => "tags: [{name: Devices}]";
        TagUndescribed "tag-undescribed" Same
            "a tag is removed from the document's `tags`"
            " removed from the tags of the document"
            "tags: [{name: Devices}]" => "tags: []";
        TagAdded "tag-added" Same
            "a tag is added to an operation"
            ": tag {value} added"
            "tags: []" => "tags: [Devices]";
        TagRemoved "tag-removed" Same
            "a tag is removed from an operation"
            ": tag {value} removed"
            "tags: [Devices]" => "tags: []";
        PathAdded "path-added" Wider
            "a path is added"
            " added{methods}"
            "paths: {}" => "paths: {/devices: …}";
        PathRemoved "path-removed" Narrower
            "a path is removed"
            " removed{methods}"
            "paths: {/devices: …}" => "paths: {}";
        PathRenamed "path-renamed" Both
            "a path is renamed: another one has the same operations"
            " renamed to {new}{methods}"
            "/devices" => "/things";
        PathTemplateRenamed "path-template-renamed" Same
            "variables in the template of a path are renamed"
            " renamed to {new}, which differs in the names of variables only"
            "/devices/{id}" => "/devices/{deviceId}";
        PathRemovedBeforeSunset "path-removed-before-sunset" Narrower
            "a path is removed whose operations are deprecated, before their sunset date"
            " removed before its sunset date{methods}"
            "x-sunset: 2099-01-01" => "(nothing)";
        DeprecatedPathRemoved "deprecated-path-removed" Narrower
            "a path is removed whose operations are deprecated"
            " removed after its deprecation{methods}"
            "deprecated: true" => "(nothing)";
        EmptyPathRemoved "empty-path-removed" Same
            "a path without operations is removed"
            " removed, which has no operations"
            "/devices: {}" => "(nothing)";
        OperationAdded "operation-added" Wider
            "an operation is added"
            ": operation added"
            "/devices: {get: …}" => "/devices: {get: …, post: …}";
        OperationRemoved "operation-removed" Narrower
            "an operation is removed"
            ": operation removed"
            "/devices: {get: …, post: …}" => "/devices: {get: …}";
        OperationRemovedBeforeSunset "operation-removed-before-sunset" Narrower
            "a deprecated operation is removed before its sunset date"
            ": operation removed before its sunset date"
            "x-sunset: 2099-01-01" => "(nothing)";
        DeprecatedOperationRemoved "deprecated-operation-removed" Narrower
            "a deprecated operation is removed"
            ": operation removed after its deprecation"
            "deprecated: true" => "(nothing)";
        UnstableOperationRemoved "unstable-operation-removed" Narrower
            "an operation is removed whose `x-stability-level` is `draft` or `alpha`"
            ": unstable operation removed (x-stability-level draft or alpha)"
            "x-stability-level: draft" => "(nothing)";
        MethodChanged "method-changed" Both
            "the method of an operation changes"
            ": method changed from {OLD} to {NEW}"
            "put" => "patch";
        OperationIdChanged "operation-id-changed" Same
            "`operationId` changes"
            ": {change}"
            "operationId: createDevice" => "operationId: addDevice";
        OperationDeprecated "operation-deprecated" Same
            "an operation becomes deprecated"
            ": operation became deprecated"
            "deprecated: false" => "deprecated: true";
        OperationNotDeprecated "operation-not-deprecated" Same
            "an operation is no longer deprecated"
            ": operation is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        SunsetChanged "sunset-changed" Same
            "the sunset date (`x-sunset`) changes"
            ": {change}"
            "x-sunset: 2030-01-01" => "x-sunset: 2031-01-01";
        SunsetPassed "sunset-passed" Narrower
            "the sunset date (`x-sunset`) of something deprecated changes to a day that has passed"
            ": {change}, which has passed"
            "x-sunset: 2099-01-01" => "x-sunset: 2020-01-01";
        SunsetRemoved "sunset-removed" Narrower
            "the sunset date (`x-sunset`) of something deprecated is removed"
            ": {change}"
            "x-sunset: 2031-01-01" => "(nothing)";
        SunsetUnreadable "sunset-unreadable" Narrower
            "the sunset date (`x-sunset`) of something deprecated is not a date"
            ": {change}, which is not a date"
            "x-sunset: 2031-01-01" => "x-sunset: soon";
        StabilityChanged "stability-changed" Same
            "`x-stability-level` changes to a level that is not lower"
            ": {change}"
            "x-stability-level: beta" => "x-stability-level: stable";
        StabilityLowered "stability-lowered" Narrower
            "`x-stability-level` is lowered"
            ": x-stability-level lowered from {base} to {revision}"
            "x-stability-level: stable" => "x-stability-level: beta";
        StabilityUnknown "stability-unknown" Narrower
            "`x-stability-level` changes to or from an unknown level"
            ": {change} (unknown level)"
            "x-stability-level: beta" => "x-stability-level: solid";
        CallbackAdded "callback-added" Wider
            "a callback is added"
            " added"
            "callbacks: {}" => "callbacks: {done: …}";
        CallbackRemoved "callback-removed" Narrower
            "a callback is removed"
            " removed"
            "callbacks: {done: …}" => "callbacks: {}";
        WebhookAdded "webhook-added" Wider
            "a webhook is added"
            " added{methods}"
            "webhooks: {}" => "webhooks: {deviceOnline: …}";
        WebhookRemoved "webhook-removed" Narrower
            "a webhook is removed"
            " removed{methods}"
            "webhooks: {deviceOnline: …}" => "webhooks: {}";
        WebhookRenamed "webhook-renamed" Both
            "a webhook is renamed: another one has the same operations"
            " renamed to {new}"
            "deviceOnline" => "deviceConnected";
        ParameterAdded "parameter-added" Wider
            "an optional parameter is added"
            " added (optional)"
            "parameters: []" => "parameters: [{name: page, in: query}]";
        RequiredParameterAdded "required-parameter-added" Narrower
            "a required parameter is added"
            " added (required)"
            "parameters: []" => "parameters: [{name: page, in: query, required: true}]";
        ParameterRemoved "parameter-removed" Wider
            "a parameter is removed"
            " removed"
            "parameters: [{name: page, in: query}]" => "parameters: []";
        ParameterRemovedBeforeSunset "parameter-removed-before-sunset" Narrower
            "a deprecated parameter is removed before its sunset date"
            " removed before its sunset date"
            "x-sunset: 2099-01-01" => "(nothing)";
        ParameterMoved "parameter-moved" Both
            "`in` of an optional parameter changes"
            ": {change}"
            "in: query" => "in: header";
        RequiredParameterMoved "required-parameter-moved" Both
            "`in` of a required parameter changes"
            ": {change} (required)"
            "in: query" => "in: header";
        ParameterRenamed "parameter-renamed" Both
            "`name` of an optional parameter changes"
            ": {change}"
            "name: page" => "name: pageNumber";
        RequiredParameterRenamed "required-parameter-renamed" Both
            "`name` of a required parameter changes"
            ": {change} (required)"
            "name: page" => "name: pageNumber";
        ParameterRequired "parameter-required" Narrower
            "a parameter becomes required"
            " became required"
            "required: false" => "required: true";
        ParameterNotRequired "parameter-not-required" Wider
            "a parameter becomes optional"
            " became optional"
            "required: true" => "required: false";
        ParameterDeprecated "parameter-deprecated" Same
            "a parameter becomes deprecated"
            " became deprecated"
            "deprecated: false" => "deprecated: true";
        ParameterNotDeprecated "parameter-not-deprecated" Same
            "a parameter is no longer deprecated"
            " is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        ParameterChanged "parameter-changed" Both
            "`name` or `in` of a parameter component changes"
            ": {change}"
            "name: page" => "name: pageNumber";
        ParameterContentChanged "parameter-content-changed" Both
            "a content type of a parameter or header is added, removed or changed"
            ": {edit}"
            "content: {application/json: …}" => "schema: …";
        ParameterDefaultChanged "parameter-default-changed" Both
            "the `default` of a parameter changes"
            ": {change}"
            "default: 10" => "default: 20";
        StyleChanged "style-changed" Both
            "`style` of a parameter changes"
            ": {change}"
            "style: form" => "style: pipeDelimited";
        ExplodeChanged "explode-changed" Both
            "`explode` of a parameter changes whose value is an array or object"
            ": {change}"
            "explode: true" => "explode: false";
        ExplodeRestated "explode-restated" Same
            "`explode` of a parameter changes whose value is a single one, for which it makes no difference"
            ": {change}, which makes no difference to a single value"
            "explode: true" => "explode: false";
        AllowReservedSet "allow-reserved-set" Both
            "`allowReserved` of a parameter becomes true"
            ": allowReserved became true"
            "allowReserved: false" => "allowReserved: true";
        AllowReservedUnset "allow-reserved-unset" Both
            "`allowReserved` of a parameter is no longer true"
            ": allowReserved is no longer true"
            "allowReserved: true" => "allowReserved: false";
        EmptyValueAllowed "empty-value-allowed" Wider
            "`allowEmptyValue` of a parameter becomes true"
            ": allowEmptyValue became true"
            "allowEmptyValue: false" => "allowEmptyValue: true";
        EmptyValueRefused "empty-value-refused" Narrower
            "`allowEmptyValue` of a parameter is no longer true"
            ": allowEmptyValue is no longer true"
            "allowEmptyValue: true" => "allowEmptyValue: false";
        BodyAdded "body-added" Wider
            "an optional request body is added"
            " added (optional)"
            "(nothing)" => "requestBody: {content: …}";
        RequiredBodyAdded "required-body-added" Narrower
            "a required request body is added"
            " added (required)"
            "(nothing)" => "requestBody: {required: true, content: …}";
        BodyRemoved "body-removed" Narrower
            "a request body is removed"
            " removed"
            "requestBody: {content: …}" => "(nothing)";
        BodyRequired "body-required" Narrower
            "a request body becomes required"
            " became required"
            "required: false" => "required: true";
        BodyNotRequired "body-not-required" Wider
            "a request body becomes optional"
            " became optional"
            "required: true" => "required: false";
        RequestContentAdded "request-content-added" Wider
            "a content type of a request body is added"
            ": content type {name} added"
            "application/json" => "application/json, application/xml";
        RequestContentRemoved "request-content-removed" Narrower
            "a content type of a request body is removed"
            ": content type {name} removed"
            "application/json, application/xml" => "application/json";
        RequestContentChanged "request-content-changed" Both
            "the content type of a request body changes"
            ": content type changed from {old} to {new}"
            "application/json" => "application/xml";
        RequestContentWidened "request-content-widened" Wider
            "the content type of a request body changes to a range that includes it"
            ": content type widened from {old} to {new}"
            "text/plain" => "text/*";
        RequestContentNarrowed "request-content-narrowed" Narrower
            "the content type of a request body changes to one that its range includes"
            ": content type narrowed from {old} to {new}"
            "text/*" => "text/plain";
        ContentParametersChanged "content-parameters-changed" Same
            "parameters of a content type change, such as `charset`"
            ": parameters of the content type changed from {old} to {new}"
            "application/json" => "application/json; charset=utf-8";
        ResponseContentAdded "response-content-added" Wider
            "a content type of a response is added"
            ": content type {name} added"
            "application/json" => "application/json, application/xml";
        ResponseContentRemoved "response-content-removed" Narrower
            "a content type of a response is removed"
            ": content type {name} removed"
            "application/json, application/xml" => "application/json";
        ResponseContentChanged "response-content-changed" Both
            "the content type of a response changes"
            ": content type changed from {old} to {new}"
            "application/json" => "application/xml";
        ResponseContentWidened "response-content-widened" Wider
            "the content type of a response changes to a range that includes it"
            ": content type widened from {old} to {new}"
            "text/plain" => "text/*";
        ResponseContentNarrowed "response-content-narrowed" Narrower
            "the content type of a response changes to one that its range includes"
            ": content type narrowed from {old} to {new}"
            "text/*" => "text/plain";
        EncodingChanged "encoding-changed" Both
            "`encoding` of a content type changes"
            ": {edit}"
            "contentType: text/plain" => "contentType: application/json";
        SuccessStatusAdded "success-status-added" Wider
            "a response with a success status is added"
            " added"
            "200" => "200, 202";
        SuccessStatusRemoved "success-status-removed" Narrower
            "a response with a success status is removed"
            " removed"
            "200, 202" => "200";
        SuccessStatusChanged "success-status-changed" Both
            "the success status of a response changes"
            ": status changed from {old_status} to {new_status}"
            "200" => "201";
        StatusAdded "status-added" Wider
            "a response with another status is added"
            " added"
            "400" => "400, 404";
        StatusRemoved "status-removed" Narrower
            "a response with another status is removed"
            " removed"
            "400, 404" => "400";
        StatusChanged "status-changed" Both
            "the status of a response changes"
            ": status changed from {old_status} to {new_status}"
            "404" => "410";
        HeaderAdded "header-added" Narrower
            "a response header is added"
            " added"
            "headers: {}" => "headers: {X-Total: …}";
        HeaderRemoved "header-removed" Wider
            "an optional response header is removed"
            " removed (optional)"
            "headers: {X-Total: …}" => "headers: {}";
        RequiredHeaderRemoved "required-header-removed" Wider
            "a required response header is removed"
            " removed (required)"
            "X-Total: {required: true}" => "(nothing)";
        HeaderRenamed "header-renamed" Both
            "an optional response header is renamed"
            " renamed to {new} (optional)"
            "X-Total" => "X-Count";
        RequiredHeaderRenamed "required-header-renamed" Both
            "a required response header is renamed"
            " renamed to {new} (required)"
            "X-Total" => "X-Count";
        HeaderRequired "header-required" Narrower
            "a response header becomes required"
            " became required"
            "required: false" => "required: true";
        HeaderNotRequired "header-not-required" Wider
            "a response header becomes optional"
            " became optional"
            "required: true" => "required: false";
        HeaderDeprecated "header-deprecated" Same
            "a response header becomes deprecated"
            " became deprecated"
            "deprecated: false" => "deprecated: true";
        HeaderNotDeprecated "header-not-deprecated" Same
            "a response header is no longer deprecated"
            " is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        LinksChanged "links-changed" Same
            "`links` of a response, or a component without a more specific kind, change"
            ": {edit}"
            "links: {}" => "links: {next: …}";
        SecurityAdded "security-added" Narrower
            "an operation requires credentials that required none"
            ": security changed from {requirement} to {revision}"
            "security: []" => "security: [{bearer: []}]";
        SecurityRemoved "security-removed" Wider
            "an operation no longer requires credentials"
            ": security changed from {base} to {new_requirement}"
            "security: [{bearer: []}]" => "security: []";
        SecurityAlternativeAdded "security-alternative-added" Wider
            "an operation accepts further credentials"
            ": security alternative added, from {requirement} to {new_requirement}"
            "[{bearer: []}]" => "[{bearer: []}, {key: []}]";
        SecurityAlternativeRemoved "security-alternative-removed" Narrower
            "an operation accepts fewer credentials"
            ": security alternative removed, from {requirement} to {new_requirement}"
            "[{bearer: []}, {key: []}]" => "[{bearer: []}]";
        SecurityChanged "security-changed" Both
            "an operation requires other credentials"
            ": security changed from {requirement} to {new_requirement}"
            "[{bearer: []}]" => "[{key: []}]";
        SecurityScopeNeeded "security-scope-needed" Narrower
            "an operation requires a further scope"
            ": security scope added, from {requirement} to {new_requirement}"
            "oauth: []" => "oauth: [write]";
        SecurityScopeDropped "security-scope-dropped" Wider
            "an operation no longer requires a scope"
            ": security scope removed, from {requirement} to {new_requirement}"
            "oauth: [write]" => "oauth: []";
        SecurityRestated "security-restated" Same
            "`security` is written differently and requires the same"
            ": {change}, which requires the same"
            "(nothing)" => "security: [{bearer: []}]";
        UnusedSecurityChanged "unused-security-changed" Same
            "`security` of the document changes, and each operation has its own"
            ": security of the document changed from {requirement} to {new_requirement}, which no operation uses"
            "security: []" => "security: [{bearer: []}]";
        SecuritySchemeAdded "security-scheme-added" Wider
            "a security scheme is added"
            " added"
            "securitySchemes: {}" => "securitySchemes: {key: …}";
        SecuritySchemeRemoved "security-scheme-removed" Narrower
            "a security scheme is removed"
            " removed"
            "securitySchemes: {key: …}" => "securitySchemes: {}";
        SecuritySchemeRenamed "security-scheme-renamed" Same
            "a security scheme is renamed"
            " renamed to {new}"
            "bearer" => "bearerAuth";
        SecuritySchemeChanged "security-scheme-changed" Both
            "`type`, `scheme`, `in` or `name` of a security scheme changes"
            ": {members}"
            "scheme: bearer" => "scheme: basic";
        SecuritySchemeDeprecated "security-scheme-deprecated" Same
            "a security scheme becomes deprecated"
            " became deprecated"
            "deprecated: false" => "deprecated: true";
        SecuritySchemeNotDeprecated "security-scheme-not-deprecated" Same
            "a security scheme is no longer deprecated"
            " is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        BearerFormatChanged "bearer-format-changed" Same
            "`bearerFormat` changes"
            ": {change}"
            "bearerFormat: JWT" => "bearerFormat: opaque";
        TokenUrlChanged "token-url-changed" Both
            "`tokenUrl` of an OAuth flow changes"
            ": {change}"
            "tokenUrl: https://a.example" => "tokenUrl: https://b.example";
        AuthorizationUrlChanged "authorization-url-changed" Both
            "`authorizationUrl`, `refreshUrl`, `deviceAuthorizationUrl`, `openIdConnectUrl` or \
             `oauth2MetadataUrl` changes"
            ": {change}"
            "authorizationUrl: https://a.example" => "authorizationUrl: https://b.example";
        FlowAdded "flow-added" Wider
            "an OAuth flow is added"
            " added"
            "flows: {}" => "flows: {clientCredentials: …}";
        FlowRemoved "flow-removed" Narrower
            "an OAuth flow is removed"
            " removed"
            "flows: {clientCredentials: …}" => "flows: {}";
        ScopeAdded "scope-added" Wider
            "a scope of an OAuth flow is added"
            ": scope {name} added"
            "scopes: {}" => "scopes: {write: …}";
        ScopeRemoved "scope-removed" Narrower
            "a scope of an OAuth flow is removed"
            ": scope {name} removed"
            "scopes: {write: …}" => "scopes: {}";
        ComponentAdded "component-added" Same
            "a component is added that is not a schema"
            " added"
            "parameters: {}" => "parameters: {Page: …}";
        ComponentRemoved "component-removed" Same
            "a component is removed that is not a schema"
            " removed"
            "parameters: {Page: …}" => "parameters: {}";
        SchemaAdded "schema-added" Same
            "a schema component is added"
            " added"
            "schemas: {}" => "schemas: {Device: …}";
        SchemaRemoved "schema-removed" Same
            "a schema component is removed that nothing references any more"
            " removed"
            "schemas: {Device: …}" => "schemas: {}";
        UsedSchemaRemoved "used-schema-removed" Both
            "a schema component is removed that is still referenced"
            " removed, but still referenced"
            "schemas: {Device: …}" => "schemas: {}";
        SchemaRenamed "schema-renamed" Same
            "a schema component is renamed"
            " renamed to {new}"
            "Device" => "Thing";
        SchemaRestated "schema-restated" Same
            "a schema is written differently and accepts the same values"
            " is written differently and accepts the same values"
            "$ref: '#/components/schemas/Name'" => "type: string";
        ReferenceBroken "reference-broken" Both
            "the target of a `$ref` is missing on one side"
            ": {reference} (missing target)"
            "$ref: '#/components/schemas/Device'" => "$ref: '#/components/schemas/Devise'";
    }
    Values {
        SchemaSet "schema-set" Narrower
            "a schema is added where any value was accepted"
            ": {key} added"
            "(nothing)" => "schema: {type: string}";
        SchemaUnset "schema-unset" Wider
            "a schema is removed, and any value is accepted"
            ": {key} removed"
            "schema: {type: string}" => "(nothing)";
        SchemaTightened "schema-tightened" Narrower
            "a schema replaces `true`, or `false` replaces a schema"
            ": schema narrowed from {base} to {revision}"
            "true" => "{type: string}";
        SchemaLoosened "schema-loosened" Wider
            "`true` replaces a schema, or a schema replaces `false`"
            ": schema widened from {base} to {revision}"
            "{type: string}" => "true";
        SchemaDeprecated "schema-deprecated" Same
            "a schema or property becomes deprecated"
            " became deprecated"
            "deprecated: false" => "deprecated: true";
        SchemaNotDeprecated "schema-not-deprecated" Same
            "a schema or property is no longer deprecated"
            " is no longer deprecated"
            "deprecated: true" => "deprecated: false";
        TypeChanged "type-changed" Both
            "`type` changes"
            ": type changed from {base_type} to {revision_type}"
            "type: string" => "type: integer";
        TypeWidened "type-widened" Wider
            "`type` is widened"
            ": type widened from {base_type} to {revision_type}"
            "type: integer" => "type: number";
        TypeNarrowed "type-narrowed" Narrower
            "`type` is narrowed"
            ": type narrowed from {base_type} to {revision_type}"
            "type: number" => "type: integer";
        NullAllowed "null-allowed" Wider
            "a schema becomes nullable"
            " became nullable"
            "nullable: false" => "nullable: true";
        NullRefused "null-refused" Narrower
            "a schema is no longer nullable"
            " is no longer nullable"
            "nullable: true" => "nullable: false";
        FormatSet "format-set" Both
            "`format` is added, which may constrain values"
            ": format {revision} added"
            "(nothing)" => "format: uuid";
        FormatUnset "format-unset" Both
            "`format` is removed"
            ": format {base} removed"
            "format: uuid" => "(nothing)";
        FormatChanged "format-changed" Both
            "`format` changes"
            ": format changed from {base} to {revision}"
            "format: uuid" => "format: date";
        FormatWidened "format-widened" Wider
            "`format` is widened"
            ": format widened from {base} to {revision}"
            "format: int32" => "format: int64";
        FormatNarrowed "format-narrowed" Narrower
            "`format` is narrowed"
            ": format narrowed from {base} to {revision}"
            "format: int64" => "format: int32";
        FormatHintChanged "format-hint-changed" Same
            "`format` changes to or from one that does not constrain values"
            ": {change}"
            "(nothing)" => "format: password";
        PatternSet "pattern-set" Narrower
            "`pattern` is added"
            ": pattern {revision} added"
            "(nothing)" => "pattern: '^[a-z]+$'";
        PatternUnset "pattern-unset" Wider
            "`pattern` is removed"
            ": pattern {base} removed"
            "pattern: '^[a-z]+$'" => "(nothing)";
        PatternChanged "pattern-changed" Both
            "`pattern` changes"
            ": pattern changed from {base} to {revision}"
            "pattern: '^[a-z]+$'" => "pattern: '^[A-Z]+$'";
        EnumSet "enum-set" Narrower
            "`enum` or `const` is added"
            ": {key} {revision} added"
            "(nothing)" => "enum: [on, off]";
        EnumUnset "enum-unset" Wider
            "`enum` or `const` is removed"
            ": {key} {base} removed"
            "enum: [on, off]" => "(nothing)";
        EnumValueAdded "enum-value-added" Wider
            "a value is added to `enum`"
            ": enum value {value} added"
            "enum: [on]" => "enum: [on, off]";
        EnumValueRemoved "enum-value-removed" Narrower
            "a value is removed from `enum`"
            ": enum value {value} removed"
            "enum: [on, off]" => "enum: [on]";
        ConstChanged "const-changed" Both
            "`const` changes"
            ": const changed from {base} to {revision}"
            "const: on" => "const: off";
        ExtensibleEnumValueAdded "extensible-enum-value-added" Same
            "a value is added to `x-extensible-enum`"
            ": x-extensible-enum value {value} added"
            "x-extensible-enum: [on]" => "x-extensible-enum: [on, off]";
        ExtensibleEnumValueRemoved "extensible-enum-value-removed" Narrower
            "a value is removed from `x-extensible-enum`"
            ": x-extensible-enum value {value} removed"
            "x-extensible-enum: [on, off]" => "x-extensible-enum: [on]";
        MinLengthSet "min-length-set" Narrower
            "`minLength` is added"
            ": minLength {revision} added"
            "(nothing)" => "minLength: 1";
        MinLengthUnset "min-length-unset" Wider
            "`minLength` is removed"
            ": minLength {base} removed"
            "minLength: 1" => "(nothing)";
        MinLengthRaised "min-length-raised" Narrower
            "`minLength` is raised"
            ": minLength raised from {base} to {revision}"
            "minLength: 1" => "minLength: 2";
        MinLengthLowered "min-length-lowered" Wider
            "`minLength` is lowered"
            ": minLength lowered from {base} to {revision}"
            "minLength: 2" => "minLength: 1";
        MaxLengthSet "max-length-set" Narrower
            "`maxLength` is added"
            ": maxLength {revision} added"
            "(nothing)" => "maxLength: 64";
        MaxLengthUnset "max-length-unset" Wider
            "`maxLength` is removed"
            ": maxLength {base} removed"
            "maxLength: 64" => "(nothing)";
        MaxLengthRaised "max-length-raised" Wider
            "`maxLength` is raised"
            ": maxLength raised from {base} to {revision}"
            "maxLength: 64" => "maxLength: 128";
        MaxLengthLowered "max-length-lowered" Narrower
            "`maxLength` is lowered"
            ": maxLength lowered from {base} to {revision}"
            "maxLength: 64" => "maxLength: 32";
        MinItemsSet "min-items-set" Narrower
            "`minItems` is added"
            ": minItems {revision} added"
            "(nothing)" => "minItems: 1";
        MinItemsUnset "min-items-unset" Wider
            "`minItems` is removed"
            ": minItems {base} removed"
            "minItems: 1" => "(nothing)";
        MinItemsRaised "min-items-raised" Narrower
            "`minItems` is raised"
            ": minItems raised from {base} to {revision}"
            "minItems: 1" => "minItems: 2";
        MinItemsLowered "min-items-lowered" Wider
            "`minItems` is lowered"
            ": minItems lowered from {base} to {revision}"
            "minItems: 2" => "minItems: 1";
        MaxItemsSet "max-items-set" Narrower
            "`maxItems` is added"
            ": maxItems {revision} added"
            "(nothing)" => "maxItems: 10";
        MaxItemsUnset "max-items-unset" Wider
            "`maxItems` is removed"
            ": maxItems {base} removed"
            "maxItems: 10" => "(nothing)";
        MaxItemsRaised "max-items-raised" Wider
            "`maxItems` is raised"
            ": maxItems raised from {base} to {revision}"
            "maxItems: 10" => "maxItems: 20";
        MaxItemsLowered "max-items-lowered" Narrower
            "`maxItems` is lowered"
            ": maxItems lowered from {base} to {revision}"
            "maxItems: 10" => "maxItems: 5";
        MinPropertiesSet "min-properties-set" Narrower
            "`minProperties` is added"
            ": minProperties {revision} added"
            "(nothing)" => "minProperties: 1";
        MinPropertiesUnset "min-properties-unset" Wider
            "`minProperties` is removed"
            ": minProperties {base} removed"
            "minProperties: 1" => "(nothing)";
        MinPropertiesRaised "min-properties-raised" Narrower
            "`minProperties` is raised"
            ": minProperties raised from {base} to {revision}"
            "minProperties: 1" => "minProperties: 2";
        MinPropertiesLowered "min-properties-lowered" Wider
            "`minProperties` is lowered"
            ": minProperties lowered from {base} to {revision}"
            "minProperties: 2" => "minProperties: 1";
        MaxPropertiesSet "max-properties-set" Narrower
            "`maxProperties` is added"
            ": maxProperties {revision} added"
            "(nothing)" => "maxProperties: 10";
        MaxPropertiesUnset "max-properties-unset" Wider
            "`maxProperties` is removed"
            ": maxProperties {base} removed"
            "maxProperties: 10" => "(nothing)";
        MaxPropertiesRaised "max-properties-raised" Wider
            "`maxProperties` is raised"
            ": maxProperties raised from {base} to {revision}"
            "maxProperties: 10" => "maxProperties: 20";
        MaxPropertiesLowered "max-properties-lowered" Narrower
            "`maxProperties` is lowered"
            ": maxProperties lowered from {base} to {revision}"
            "maxProperties: 10" => "maxProperties: 5";
        MinContainsSet "min-contains-set" Both
            "`minContains` is added"
            ": minContains {revision} added"
            "(nothing)" => "minContains: 2";
        MinContainsUnset "min-contains-unset" Both
            "`minContains` is removed"
            ": minContains {base} removed"
            "minContains: 2" => "(nothing)";
        MinContainsRaised "min-contains-raised" Narrower
            "`minContains` is raised"
            ": minContains raised from {base} to {revision}"
            "minContains: 1" => "minContains: 2";
        MinContainsLowered "min-contains-lowered" Wider
            "`minContains` is lowered"
            ": minContains lowered from {base} to {revision}"
            "minContains: 2" => "minContains: 1";
        MaxContainsSet "max-contains-set" Narrower
            "`maxContains` is added"
            ": maxContains {revision} added"
            "(nothing)" => "maxContains: 2";
        MaxContainsUnset "max-contains-unset" Wider
            "`maxContains` is removed"
            ": maxContains {base} removed"
            "maxContains: 2" => "(nothing)";
        MaxContainsRaised "max-contains-raised" Wider
            "`maxContains` is raised"
            ": maxContains raised from {base} to {revision}"
            "maxContains: 1" => "maxContains: 2";
        MaxContainsLowered "max-contains-lowered" Narrower
            "`maxContains` is lowered"
            ": maxContains lowered from {base} to {revision}"
            "maxContains: 2" => "maxContains: 1";
        MinimumSet "minimum-set" Narrower
            "`minimum` or `exclusiveMinimum` is added"
            ": {key} {revision} added"
            "(nothing)" => "minimum: 1";
        MinimumUnset "minimum-unset" Wider
            "`minimum` or `exclusiveMinimum` is removed"
            ": {key} {base} removed"
            "minimum: 1" => "(nothing)";
        MinimumRaised "minimum-raised" Narrower
            "`minimum` or `exclusiveMinimum` is raised, or the minimum becomes exclusive"
            ": {raised}"
            "minimum: 1" => "minimum: 2";
        MinimumLowered "minimum-lowered" Wider
            "`minimum` or `exclusiveMinimum` is lowered, or the minimum is no longer exclusive"
            ": {lowered}"
            "minimum: 2" => "minimum: 1";
        MaximumSet "maximum-set" Narrower
            "`maximum` or `exclusiveMaximum` is added"
            ": {key} {revision} added"
            "(nothing)" => "maximum: 10";
        MaximumUnset "maximum-unset" Wider
            "`maximum` or `exclusiveMaximum` is removed"
            ": {key} {base} removed"
            "maximum: 10" => "(nothing)";
        MaximumRaised "maximum-raised" Wider
            "`maximum` or `exclusiveMaximum` is raised, or the maximum is no longer exclusive"
            ": {raised}"
            "maximum: 10" => "maximum: 20";
        MaximumLowered "maximum-lowered" Narrower
            "`maximum` or `exclusiveMaximum` is lowered, or the maximum becomes exclusive"
            ": {lowered}"
            "maximum: 10" => "maximum: 5";
        MultipleOfSet "multiple-of-set" Narrower
            "`multipleOf` is added"
            ": multipleOf {revision} added"
            "(nothing)" => "multipleOf: 5";
        MultipleOfUnset "multiple-of-unset" Wider
            "`multipleOf` is removed"
            ": multipleOf {base} removed"
            "multipleOf: 5" => "(nothing)";
        MultipleOfCoarser "multiple-of-coarser" Narrower
            "`multipleOf` changes to a multiple of itself"
            ": multipleOf raised from {base} to {revision}, a multiple of {base}"
            "multipleOf: 5" => "multipleOf: 10";
        MultipleOfFiner "multiple-of-finer" Wider
            "`multipleOf` changes to a divisor of itself"
            ": multipleOf lowered from {base} to {revision}, a divisor of {base}"
            "multipleOf: 10" => "multipleOf: 5";
        MultipleOfChanged "multiple-of-changed" Both
            "`multipleOf` changes to neither a multiple nor a divisor of itself"
            ": multipleOf changed from {base} to {revision}"
            "multipleOf: 5" => "multipleOf: 7";
        UniqueItemsSet "unique-items-set" Narrower
            "`uniqueItems` becomes true"
            ": uniqueItems became true"
            "uniqueItems: false" => "uniqueItems: true";
        UniqueItemsUnset "unique-items-unset" Wider
            "`uniqueItems` is no longer true"
            ": uniqueItems is no longer true"
            "uniqueItems: true" => "uniqueItems: false";
        ItemsAdded "items-added" Narrower
            "`items` is added"
            ": {change}"
            "(nothing)" => "items: {type: string}";
        ItemsRemoved "items-removed" Wider
            "`items` is removed"
            ": {change}"
            "items: {type: string}" => "(nothing)";
        AdditionalItemsClosed "additional-items-closed" Narrower
            "`unevaluatedItems` is added, or becomes false"
            ": {change}"
            "(nothing)" => "unevaluatedItems: false";
        AdditionalItemsOpened "additional-items-opened" Wider
            "`unevaluatedItems` is removed, or is no longer false"
            ": {change}"
            "unevaluatedItems: false" => "(nothing)";
        PrefixItemAdded "prefix-item-added" Narrower
            "an entry is added to `prefixItems`"
            ": {key} added"
            "prefixItems: []" => "prefixItems: [{type: string}]";
        PrefixItemRemoved "prefix-item-removed" Wider
            "an entry is removed from `prefixItems`"
            ": {key} removed"
            "prefixItems: [{type: string}]" => "prefixItems: []";
        PrefixItemAllowed "prefix-item-allowed" Wider
            "an entry is added to `prefixItems` of an array without other items, which may have one more item"
            ": {key} added, which allows one more item"
            "prefixItems: [{}], items: false" => "prefixItems: [{}, {}], items: false";
        PrefixItemRefused "prefix-item-refused" Narrower
            "an entry is removed from `prefixItems` of an array without other items, which may have one item less"
            ": {key} removed, which allows one item less"
            "prefixItems: [{}, {}], items: false" => "prefixItems: [{}], items: false";
        ContainsAdded "contains-added" Narrower
            "`contains` is added"
            ": {change}"
            "(nothing)" => "contains: {const: on}";
        ContainsRemoved "contains-removed" Wider
            "`contains` is removed"
            ": {change}"
            "contains: {const: on}" => "(nothing)";
        ContentChanged "content-changed" Both
            "`contentEncoding` or `contentMediaType` changes"
            ": {change}"
            "contentEncoding: base64" => "contentEncoding: base16";
        ContentSchemaAdded "content-schema-added" Narrower
            "`contentSchema` is added"
            ": {change}"
            "(nothing)" => "contentSchema: {type: object}";
        ContentSchemaRemoved "content-schema-removed" Wider
            "`contentSchema` is removed"
            ": {change}"
            "contentSchema: {type: object}" => "(nothing)";
        PropertyAdded "property-added" Narrower
            "an optional property is added"
            " added (optional)"
            "properties: {}" => "properties: {name: …}";
        RequiredPropertyAdded "required-property-added" Narrower
            "a required property is added"
            " added (required)"
            "properties: {}" => "properties: {name: …}, required: [name]";
        RequiredPropertyWithDefaultAdded "required-property-with-default-added" Narrower
            "a required property with a default is added"
            " added (required, with a default)"
            "properties: {}" => "properties: {name: {default: x}}, required: [name]";
        PropertyDeclaredAndNotRequired "property-declared-and-not-required" Wider
            "a name leaves `required` and is added to `properties`"
            " added to properties and became optional"
            "required: [name]" => "properties: {name: …}";
        PropertyRemoved "property-removed" Wider
            "an optional property is removed"
            " removed (optional)"
            "properties: {name: …}" => "properties: {}";
        PropertyRenamed "property-renamed" Both
            "an optional property is renamed"
            " renamed to {new} (optional)"
            "properties: {name: …}" => "properties: {title: …}";
        RequiredPropertyRenamed "required-property-renamed" Both
            "a required property is renamed"
            " renamed to {new} (required)"
            "properties: {name: …}, required: [name]" => "properties: {title: …}, required: [title]";
        PropertyUndeclared "property-undeclared" Wider
            "a property is removed from `properties` and stays in `required`"
            " removed from properties, but still required"
            "properties: {name: …}, required: [name]" => "required: [name]";
        PropertyRefused "property-refused" Both
            "a property is removed from an object with `additionalProperties: false`"
            " removed, and additionalProperties is false"
            "properties: {name: …}, additionalProperties: false" => "properties: {}, additionalProperties: false";
        RequiredPropertyRemoved "required-property-removed" Wider
            "a required property is removed"
            " removed (required)"
            "properties: {name: …}, required: [name]" => "properties: {}";
        PropertyRequired "property-required" Narrower
            "a property becomes required"
            " became required"
            "required: []" => "required: [name]";
        PropertyWithDefaultRequired "property-with-default-required" Narrower
            "a property with a default becomes required"
            " became required (with a default)"
            "required: []" => "required: [name]";
        PropertyNotRequired "property-not-required" Wider
            "a property becomes optional"
            " became optional"
            "required: [name]" => "required: []";
        ReadOnlySet "read-only-set" Narrower
            "a property becomes read-only"
            " became read-only"
            "readOnly: false" => "readOnly: true";
        ReadOnlyUnset "read-only-unset" Wider
            "an optional property is no longer read-only"
            " is no longer read-only"
            "readOnly: true" => "readOnly: false";
        RequiredPropertyNotReadOnly "required-property-not-read-only" Narrower
            "a required property is no longer read-only, so that requests must have it"
            " is no longer read-only (required)"
            "readOnly: true" => "readOnly: false";
        WriteOnlySet "write-only-set" Wider
            "an optional property becomes write-only"
            " became write-only"
            "writeOnly: false" => "writeOnly: true";
        RequiredPropertyWriteOnly "required-property-write-only" Wider
            "a required property becomes write-only, so that responses no longer have it"
            " became write-only (required)"
            "writeOnly: false" => "writeOnly: true";
        WriteOnlyUnset "write-only-unset" Narrower
            "a property is no longer write-only"
            " is no longer write-only"
            "writeOnly: true" => "writeOnly: false";
        AdditionalPropertiesClosed "additional-properties-closed" Narrower
            "`additionalProperties` or `unevaluatedProperties` becomes a schema or false"
            ": {change}"
            "additionalProperties: true" => "additionalProperties: false";
        AdditionalPropertiesOpened "additional-properties-opened" Wider
            "`additionalProperties` or `unevaluatedProperties` becomes true, or is no longer false"
            ": {change}"
            "additionalProperties: false" => "additionalProperties: true";
        PropertyNamesAdded "property-names-added" Narrower
            "`propertyNames` is added"
            ": {change}"
            "(nothing)" => "propertyNames: {maxLength: 8}";
        PropertyNamesRemoved "property-names-removed" Wider
            "`propertyNames` is removed"
            ": {change}"
            "propertyNames: {maxLength: 8}" => "(nothing)";
        ConditionAdded "condition-added" Narrower
            "`not`, `if`, `then`, `else`, `dependentRequired`, or an entry of `dependentSchemas` or \
             `patternProperties` is added"
            ": {change}"
            "(nothing)" => "not: {const: on}";
        ConditionRemoved "condition-removed" Wider
            "`not`, `if`, `then`, `else`, `dependentRequired`, or an entry of `dependentSchemas` or \
             `patternProperties` is removed"
            ": {change}"
            "not: {const: on}" => "(nothing)";
        ConditionChanged "condition-changed" Both
            "`not`, `if`, `then`, `else` or `dependentRequired` changes"
            ": {change}"
            "not: {const: on}" => "not: {const: off}";
        DefaultChanged "default-changed" Same
            "`default` of a schema changes"
            ": {change}"
            "default: 10" => "default: 20";
        XmlChanged "xml-changed" Both
            "`xml` changes"
            ": {edit}"
            "xml: {name: a}" => "xml: {name: b}";
        UnionIntroduced "union-introduced" Wider
            "a schema becomes one variant of `oneOf` or `anyOf`"
            ": schema became one variant of {composition}"
            "{$ref: Cat}" => "oneOf: [{$ref: Cat}, {$ref: Dog}]";
        UnionReduced "union-reduced" Narrower
            "one variant replaces a `oneOf` or `anyOf`"
            ": {composition} reduced to one of its variants"
            "oneOf: [{$ref: Cat}, {$ref: Dog}]" => "{$ref: Cat}";
        DemandsAdded "demands-added" Narrower
            "a schema becomes one of several in `allOf`"
            ": schema became one of several in allOf"
            "{$ref: Cat}" => "allOf: [{$ref: Cat}, {$ref: Aged}]";
        DemandsDropped "demands-dropped" Wider
            "one schema replaces an `allOf` of several"
            ": allOf reduced to one of its schemas"
            "allOf: [{$ref: Cat}, {$ref: Aged}]" => "{$ref: Cat}";
        AllOfSet "all-of-set" Narrower
            "`allOf` is added"
            ": {change}"
            "(nothing)" => "allOf: [{$ref: Aged}]";
        AllOfUnset "all-of-unset" Wider
            "`allOf` is removed"
            ": {change}"
            "allOf: [{$ref: Aged}]" => "(nothing)";
        AllOfBranchAdded "all-of-branch-added" Narrower
            "a schema is added to `allOf`"
            ": schema{variant} added to allOf"
            "allOf: [{$ref: Cat}]" => "allOf: [{$ref: Cat}, {$ref: Aged}]";
        AllOfBranchRemoved "all-of-branch-removed" Wider
            "a schema is removed from `allOf`"
            ": schema{variant} removed from allOf"
            "allOf: [{$ref: Cat}, {$ref: Aged}]" => "allOf: [{$ref: Cat}]";
        AllOfPropertiesRemoved "all-of-properties-removed" Wider
            "a schema is removed from `allOf` that only has optional properties"
            ": schema{variant} removed from allOf, which only has optional properties"
            "allOf: [{$ref: Cat}, {properties: {age: …}}]" => "allOf: [{$ref: Cat}]";
        OneOfSet "one-of-set" Narrower
            "`oneOf` is added"
            ": {change}"
            "(nothing)" => "oneOf: [{$ref: Cat}, {$ref: Dog}]";
        OneOfUnset "one-of-unset" Wider
            "`oneOf` is removed"
            ": {change}"
            "oneOf: [{$ref: Cat}, {$ref: Dog}]" => "(nothing)";
        OneOfBranchAdded "one-of-branch-added" Wider
            "a variant is added to `oneOf`"
            ": variant{variant} added to oneOf"
            "oneOf: [{$ref: Cat}]" => "oneOf: [{$ref: Cat}, {$ref: Dog}]";
        OneOfBranchRemoved "one-of-branch-removed" Narrower
            "a variant is removed from `oneOf`"
            ": variant{variant} removed from oneOf"
            "oneOf: [{$ref: Cat}, {$ref: Dog}]" => "oneOf: [{$ref: Cat}]";
        AnyOfSet "any-of-set" Narrower
            "`anyOf` is added"
            ": {change}"
            "(nothing)" => "anyOf: [{$ref: Cat}, {$ref: Dog}]";
        AnyOfUnset "any-of-unset" Wider
            "`anyOf` is removed"
            ": {change}"
            "anyOf: [{$ref: Cat}, {$ref: Dog}]" => "(nothing)";
        AnyOfBranchAdded "any-of-branch-added" Wider
            "a variant is added to `anyOf`"
            ": variant{variant} added to anyOf"
            "anyOf: [{$ref: Cat}]" => "anyOf: [{$ref: Cat}, {$ref: Dog}]";
        AnyOfBranchRemoved "any-of-branch-removed" Narrower
            "a variant is removed from `anyOf`"
            ": variant{variant} removed from anyOf"
            "anyOf: [{$ref: Cat}, {$ref: Dog}]" => "anyOf: [{$ref: Cat}]";
        DiscriminatorSet "discriminator-set" Same
            "`discriminator` is added"
            ": {edit}"
            "(nothing)" => "discriminator: {propertyName: kind}";
        DiscriminatorUnset "discriminator-unset" Same
            "`discriminator` is removed"
            ": {edit}"
            "discriminator: {propertyName: kind}" => "(nothing)";
        DiscriminatorPropertyChanged "discriminator-property-changed" Same
            "`propertyName` of a `discriminator` changes"
            ": discriminator propertyName changed from {base} to {revision}"
            "propertyName: kind" => "propertyName: type";
        DiscriminatorValueAdded "discriminator-value-added" Same
            "a value is added to `mapping` of a `discriminator`"
            ": discriminator mapping {name} to {revision} added"
            "mapping: {}" => "mapping: {cat: Cat}";
        DiscriminatorValueRemoved "discriminator-value-removed" Same
            "a value is removed from `mapping` of a `discriminator`"
            ": discriminator mapping {name} to {base} removed"
            "mapping: {cat: Cat}" => "mapping: {}";
        DiscriminatorValueChanged "discriminator-value-changed" Same
            "a value in `mapping` of a `discriminator` refers to another schema"
            ": discriminator mapping {name} changed from {base} to {revision}"
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
