//! The registry: every kind of finding of this crate, its stable code, and what to say about it.
//!
//! A code is never reused and never changes its meaning.
//! `B001` to `B099` belong to this crate, `B100` and above to the generator.

mod example;

pub use example::{Example, Examples};
use std::fmt;

/// The name of a kind of finding, such as `B012`.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Code(&'static str);

impl Code {
    /// A code of another crate, which keeps a registry of its own.
    #[doc(hidden)]
    pub const fn new(name: &'static str) -> Code {
        Code(name)
    }

    /// The code as users see it.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The entry in the registry, for a code of this crate.
    pub fn explanation(self) -> Option<&'static Explanation> {
        REGISTRY.iter().find(|entry| entry.code == self)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What a finding goes back to.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Rule {
    /// The text must follow the grammar.
    Grammar,
    /// Where void may stand.
    R1,
    /// Enums.
    R2,
    /// Lengths.
    R3,
    /// Map keys.
    R4,
    /// Unions.
    R5,
    /// Structs.
    R6,
    /// Definition before use.
    R7,
    /// Names are defined once.
    R8,
    /// A limit of this implementation.
    Limit,
    /// A difference between drafts of the specification.
    Draft,
    /// The versions of a family, which the specification does not know.
    Family,
}

/// One entry of the registry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// What it goes back to.
    pub rule: Rule,
    /// The kind of finding in a few words.
    pub title: &'static str,
    /// Why it is one, and what to do.
    pub text: &'static str,
}

impl Explanation {
    /// A mistake that gives the code, and the same thing done right.
    pub fn examples(&self) -> Option<&'static Examples> {
        example::of(self.code)
    }
}

impl Rule {
    /// Where the rule is written down.
    ///
    /// The drafts differ in what they ask, not in where they ask it: the text of a code says since which draft it holds.
    pub const fn section(self) -> &'static str {
        match self {
            Rule::Grammar => "draft-devault-bare, sections 3.1, Lexical Analysis, and 3.2, ABNF Grammar",
            Rule::R1 | Rule::R2 | Rule::R3 | Rule::R4 | Rule::R5 | Rule::R6 => {
                "draft-devault-bare, section 2.4, Invariants"
            }
            Rule::R7 => "draft-devault-bare since -06, on user-defined types",
            Rule::R8 => "no draft says it, every implementation asks for it",
            Rule::Limit => "a limit of barewire, which the drafts do not have",
            Rule::Draft => "draft-devault-bare-14, section 3.2, ABNF Grammar; drafts up to -13 allow it",
            Rule::Family => "a rule of barewire: the drafts know no versions",
        }
    }
}

macro_rules! registry {
    ($($name:ident = $code:literal, $rule:ident, $title:literal, $text:literal;)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $title, ".")]
            pub const $name: Code = Code($code);
        )*

        /// Every code of this crate, in ascending order.
        pub static REGISTRY: &[Explanation] = &[
            $(Explanation { code: $name, rule: Rule::$rule, title: $title, text: $text },)*
        ];
    };
}

registry! {
    TEXT_TOO_LONG = "B001", Limit,
        "schema text above 16 MiB",
        "A schema is written by people and read on every build. \
         A text this long is a file of another kind, or should be several families.";
    NON_ASCII = "B002", Grammar,
        "non-ASCII character outside a comment",
        "Names and keywords consist of ASCII letters, digits and underscores. \
         Any character may stand in a comment, from `#` to the end of the line.";
    STRANGE_SPACE = "B003", Grammar,
        "character that is no white space in a schema",
        "White space is the space, the tab and the line feed, and a carriage return is read over. \
         Vertical tabs, form feeds, other control characters and the wide or invisible spaces of Unicode are refused, because they cannot be seen.";
    FOREIGN_COMMENT = "B004", Grammar,
        "comment in the style of another language",
        "A comment runs from `#` to the end of the line. There are no block comments.";
    EMPTY_SCHEMA = "B005", Grammar,
        "schema without a definition",
        "A schema holds at least one definition, such as `type Ping struct { sequence: u32 }`.";
    EXPECTED_DEFINITION = "B006", Grammar,
        "something other than a definition between definitions",
        "A schema is a sequence of definitions, each of the form `type Name …`. \
         Nothing stands between them but white space and comments.";
    TYPE_NAME = "B007", Grammar,
        "missing or malformed type name",
        "The name of a user type begins with an upper-case letter and holds only letters and digits.";
    EXPECTED_TYPE = "B008", Grammar,
        "missing type",
        "A type is a keyword such as `u8`, `str` or `list<…>`, or the name of a type that was defined before.";
    UNKNOWN_KEYWORD = "B009", Grammar,
        "word that is no type",
        "The names of user types begin with an upper-case letter, so a word in lower case must be one of the keywords: \
         uint int u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 bool str data void enum optional list map union struct.";
    FORMER_SYNTAX = "B010", Grammar,
        "syntax of an early draft",
        "The first drafts wrote `[]T`, `[n]T`, `map[K]V`, `data<n>`, `(A | B)`, `type X { … }` and `enum X { … }`. \
         Today these are `list<T>`, `list<T>[n]`, `map<K><V>`, `data[n]`, `type X union { A | B }`, `type X struct { … }` and `type X enum { … }`. \
         The octets are the same.";
    PARAMETER = "B011", Grammar,
        "missing or malformed type parameter",
        "`optional` and `list` take one type in angle brackets, `map` takes two, each in brackets of its own: `map<str><u8>`. \
         No other type takes a parameter.";
    DUPLICATE_TAG = "B012", R5,
        "two union members with the same tag",
        "The tag is what tells the members apart on the wire. \
         A member without a written tag takes the one before it plus one, the first takes 0.";
    LENGTH_SYNTAX = "B013", Grammar,
        "missing or malformed length",
        "The length of `data[n]` and `list<T>[n]` is a decimal number in square brackets, after the type. \
         No other type takes a length.";
    UNCLOSED = "B014", Grammar,
        "opening brace without its closing brace",
        "The body of an enum, struct or union ends with `}`.";
    FIELD_NAME = "B015", Grammar,
        "missing or malformed field name",
        "A field has the form `name: type`. \
         Its name begins with a letter and holds only letters, digits and underscores; any keyword will do.";
    EXPECTED_COLON = "B016", Grammar,
        "field name without a colon",
        "A field has the form `name: type`.";
    VALUE_NAME = "B017", Grammar,
        "missing or malformed enum value name",
        "The name of an enum value begins with an upper-case letter and holds only upper-case letters, digits and underscores.";
    NUMBER = "B018", Grammar,
        "missing or malformed number",
        "The number of an enum value and the tag of a union member are written in decimal digits, without a sign.";
    EXPECTED_PIPE = "B019", Grammar,
        "union members not separated by one pipe",
        "Exactly one `|` stands between two members of a union. \
         Another one may stand before the first and after the last.";
    SEPARATOR = "B020", Grammar,
        "comma or semicolon in a body",
        "Only white space separates the fields of a struct and the values of an enum.";
    TOO_DEEP = "B021", Limit,
        "types nested too deeply",
        "Types may be written inside each other up to 128 levels. \
         A type of its own name for an inner part begins the count anew.";
    EXPECTED_BODY = "B022", Grammar,
        "`enum`, `struct` or `union` without a body",
        "The keyword is followed by the body in braces.";
    NOT_UTF8 = "B023", Grammar,
        "file that is not UTF-8",
        "Any character may stand in a comment, in UTF-8. \
         Save the file in that encoding.";
    VOID = "B030", R1,
        "void where a value is needed",
        "Void takes no octets. It may be a whole definition or a member of a union, where the tag says it all, \
         but never a field, an element, a key, a map value or an optional. For a flag, use `bool`.";
    EMPTY_ENUM = "B031", R2,
        "enum without values",
        "An enum has at least one value.";
    DUPLICATE_VALUE_NAME = "B032", R2,
        "two enum values with the same name",
        "The names of the values of an enum are unique.";
    DUPLICATE_VALUE = "B033", R2,
        "two enum values with the same number",
        "The number is what stands on the wire. \
         A value without a written number takes the one before it plus one, the first takes 0.";
    DESCENDING_VALUE = "B034", R2,
        "enum values out of order",
        "Since draft -12 the numbers of an enum ascend. \
         The order is not on the wire: with every number written out, the values can be sorted without changing a message.";
    VALUE_TOO_LARGE = "B035", R2,
        "enum number above 2^64-1",
        "The numbers of an enum go up to 18446744073709551615, written or counted.";
    ZERO_LENGTH = "B036", R3,
        "length of zero",
        "The length of `data[n]` and `list<T>[n]` is at least 1: a value of no octets carries nothing.";
    LENGTH_TOO_LARGE = "B037", R3,
        "length above 2^64-1",
        "The length of `data[n]` and `list<T>[n]` goes up to 18446744073709551615.";
    MAP_KEY = "B038", R4,
        "type that cannot be a map key",
        "A key is a primitive type other than f32, f64 and void, or an enum, perhaps through user types; data may be one since draft -13. \
         Floating-point numbers have values that differ from themselves, and aggregates are left out of the format. \
         A list of structs says the same as a map whose key is an aggregate.";
    EMPTY_UNION = "B039", R5,
        "union without members",
        "A union has at least one member.";
    DUPLICATE_MEMBER = "B040", R5,
        "the same type twice in a union",
        "Each type may be a member once. User types of different names are different types, even over the same base; \
         types written in place are compared by their structure.";
    DESCENDING_TAG = "B041", R5,
        "union tags out of order",
        "Since draft -12 the tags of a union ascend. \
         The order is not on the wire: with every tag written out, the members can be sorted without changing a message.";
    TAG_TOO_LARGE = "B042", R5,
        "union tag above 2^64-1",
        "The tags of a union go up to 18446744073709551615, written or counted.";
    EMPTY_STRUCT = "B043", R6,
        "struct without fields",
        "A struct has at least one field. A type without content is `void`.";
    DUPLICATE_FIELD = "B044", R6,
        "two fields with the same name",
        "The names of the fields of a struct are unique.";
    UNKNOWN_TYPE = "B045", R7,
        "unknown type",
        "A word that begins with an upper-case letter is the name of a user type, which must be defined in the same file, before its use.";
    USED_BEFORE_DEFINED = "B046", R7,
        "type used before it is defined",
        "Since draft -06 a user type is defined before it is used. Move the definition up; the order of definitions is not on the wire.";
    RECURSIVE = "B047", R7,
        "type that contains itself",
        "No type contains itself, not even through optional, list, map or union. \
         Keep the parts in a list and let them refer to each other by number.";
    DUPLICATE_TYPE = "B048", R8,
        "two types with the same name",
        "A name is defined once. Names that differ in case are different.";
    FIELD_NAME_STYLE = "B049", Draft,
        "field name outside the current draft",
        "Since draft -14 a field name begins with a lower-case letter. \
         Other tools may refuse this name; the name is not on the wire, so changing it changes no message.";
    VERSIONS = "B050", Family,
        "versions that do not form a family",
        "The versions of a family are numbered without gaps, from 1 or later up to 65535, each once. \
         A version that nobody speaks any more keeps its file, because migrations go through it.";
    FROZEN_CHANGED = "B051", Family,
        "frozen version with another meaning",
        "Octets written with a released version are on disks and in the programs of others, so its meaning never changes: \
         the order of fields, their types and names, the numbers of values and members. Comments and layout do not count. \
         Undo the change, and make it in the next version. A number that was given up is not used for another meaning either.";
    FROZEN_MISSING = "B052", Family,
        "frozen version without its file",
        "A version in `frozen.txt` keeps its file, even when nobody speaks it any more: migrations go through it, and values written with it may still be read.";
    FROZEN_LINE = "B053", Family,
        "line of `frozen.txt` that cannot be understood",
        "`frozen.txt` holds for each released version a line with its state, such as `v3 frozen`, `v1 retired: nobody speaks it` or `v2-older alternate`, \
         and a line for each type in canonical form, such as `v3 Ping struct{sequence:u32}`. It is written by a command, not by hand.";
}
