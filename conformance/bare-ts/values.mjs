// Values in the form of the vectors: how they are drawn, and how they become those of generated code and back.
//
// Integers are BigInts here, whatever their width; `json` writes them as numbers, or as strings from 2^53 on.
// The other forms are those of the rows in `conformance/vectors`: data as hexadecimal digits, void and what is absent
// as null, what is present as {some}, maps as arrays of pairs, unions as {tag, value}, enum values by their names.

/** Splitmix64: the same numbers on every machine. */
class Random {
    constructor(seed) {
        this.state = BigInt(seed)
    }

    bits() {
        this.state = BigInt.asUintN(64, this.state + 0x9e3779b97f4a7c15n)
        let bits = BigInt.asUintN(64, (this.state ^ (this.state >> 30n)) * 0xbf58476d1ce4e5b9n)
        bits = BigInt.asUintN(64, (bits ^ (bits >> 27n)) * 0x94d049bb133111ebn)
        return bits ^ (bits >> 31n)
    }

    below(end) {
        return Number(this.bits() % BigInt(end))
    }

    of(choices) {
        return choices[this.below(choices.length)]
    }
}

const LENGTHS = [0, 0, 1, 2, 5, 12, 37, 38, 39, 127, 128]
// Of one to four octets in UTF-8, those at the edges among them.
const CHARACTERS = Array.from("aZ7 /\0\x7f\x80ü\u07ff\u0800漢\uffff🦀\u{10ffff}")

/** Draws values of the types of one message, and sees to it that each of their forms comes up. */
export class Draw {
    constructor(version, seed) {
        this.version = version
        this.random = new Random(seed)
        /** By type, the forms that have not been drawn: members, values, absent or present. */
        this.left = new Map()
    }

    /** Whether something in `type` has a form that has not been drawn. */
    hasNew(type) {
        if (type.tag === "alias") {
            return this.hasNew(this.version.definitions.get(type.data))
        }
        return this.formsLeft(type).size > 0 || (type.types ?? []).some((inner) => this.hasNew(inner))
    }

    formsLeft(type) {
        let left = this.left.get(type)
        if (left === undefined) {
            const count = { optional: 2, enum: type.data?.length, union: type.data?.length }[type.tag] ?? 0
            left = new Set(Array(count).keys())
            this.left.set(type, left)
        }
        return left
    }

    /** One of the forms of `type`: one that is new, or else one with something new inside. */
    form(type, count, hasNewInside) {
        const left = this.formsLeft(type)
        const inside = [...Array(count).keys()].filter(hasNewInside)
        const form = this.random.of(left.size > 0 ? [...left] : inside.length > 0 ? inside : [...Array(count).keys()])
        left.delete(form)
        return form
    }

    value(type) {
        switch (type.tag) {
            case "alias":
                return this.value(this.version.definitions.get(type.data))
            case "void":
                return null
            case "bool":
                return this.random.below(2) === 1
            case "u8":
            case "u16":
            case "u32":
            case "u64":
            case "i64":
                return this.integer(type.tag[0] === "i", Number(type.tag.slice(1)))
            case "str":
                return this.text()
            case "data":
                return this.data(type.data?.val ?? this.random.of(LENGTHS))
            case "enum":
                return schemaName(type.data[this.form(type, type.data.length, () => false)].name)
            case "optional": {
                const inner = type.types[0]
                const form = this.form(type, 2, (form) => form === 1 && this.hasNew(inner))
                return form === 1 ? { some: this.value(inner) } : null
            }
            case "list":
                return this.several(type, () => this.value(type.types[0]))
            case "map": {
                const keys = new Set(this.several(type, () => this.value(type.types[0])))
                return [...keys].map((key) => [key, this.value(type.types[1])])
            }
            case "struct":
                return Object.fromEntries(type.data.map(({ name }, i) => [name, this.value(type.types[i])]))
            case "union": {
                const at = this.form(type, type.data.length, (at) => this.hasNew(type.types[at]))
                return { tag: BigInt(type.data[at].val), value: this.value(type.types[at]) }
            }
            default:
                throw new Error(`no schema of the families has the type ${type.tag}`)
        }
    }

    several(type, draw) {
        const least = this.hasNew(type) ? 1 : 0
        return Array.from({ length: least + this.random.below(3) }, draw)
    }

    /** An end of the range, the edge of a varint's length, or anything. */
    integer(isSigned, width) {
        const bits = BigInt(width)
        const edges = [0n, 1n, -1n, 1n << (bits - 1n), (1n << (bits - 1n)) - 1n]
        const groups = 7n * BigInt(1 + this.random.below(9))
        const numbers = [this.random.of(edges), (1n << groups) - BigInt(this.random.below(2)), this.random.bits()]
        const number = this.random.of(numbers)
        return isSigned ? BigInt.asIntN(width, number) : BigInt.asUintN(width, number)
    }

    text() {
        return Array.from({ length: this.random.of(LENGTHS) }, () => this.random.of(CHARACTERS)).join("")
    }

    data(length) {
        const octets = Array.from({ length }, () => Number(this.random.bits() & 0xffn))
        return Buffer.from(octets).toString("hex")
    }
}

/** The value as generated code represents it. */
export function toBareTs(version, type, value) {
    const inner = (type, value) => toBareTs(version, type, value)
    switch (type.tag) {
        case "alias":
            return inner(version.definitions.get(type.data), value)
        case "u8":
        case "u16":
        case "u32":
            return Number(value)
        case "data":
            return Uint8Array.from(Buffer.from(value, "hex")).buffer
        case "enum":
            return type.data.find(({ name }) => schemaName(name) === value).name
        case "optional":
            return value === null ? null : inner(type.types[0], value.some)
        case "list":
            return value.map((element) => inner(type.types[0], element))
        case "map":
            return new Map(value.map(([key, value]) => [inner(type.types[0], key), inner(type.types[1], value)]))
        case "struct":
            return Object.fromEntries(type.data.map(({ name }, i) => [name, inner(type.types[i], value[name])]))
        case "union": {
            const at = type.data.findIndex(({ val }) => BigInt(val) === value.tag)
            return { tag: type.types[at].data, val: inner(type.types[at], value.value) }
        }
        default:
            return value
    }
}

/** The value that generated code represents so. */
export function fromBareTs(version, type, value) {
    const inner = (type, value) => fromBareTs(version, type, value)
    switch (type.tag) {
        case "alias":
            return inner(version.definitions.get(type.data), value)
        case "u8":
        case "u16":
        case "u32":
            return BigInt(value)
        case "data":
            return Buffer.from(value).toString("hex")
        case "enum":
            return schemaName(value)
        case "optional":
            return value === null ? null : { some: inner(type.types[0], value) }
        case "list":
            return Array.from(value, (element) => inner(type.types[0], element))
        case "map":
            return Array.from(value, ([key, value]) => [inner(type.types[0], key), inner(type.types[1], value)])
        case "struct":
            return Object.fromEntries(type.data.map(({ name }, i) => [name, inner(type.types[i], value[name])]))
        case "union": {
            const at = type.types.findIndex(({ data }) => data === value.tag)
            return { tag: BigInt(type.data[at].val), value: inner(type.types[at], value.val) }
        }
        default:
            return value
    }
}

/** The value as JSON, in ASCII: what is drawn has characters that nobody should have to tell apart. */
export function json(value) {
    const integer = (number) => (Number.isSafeInteger(Number(number)) ? Number(number) : `${number}`)
    const text = JSON.stringify(value, (_, value) => (typeof value === "bigint" ? integer(value) : value))
    return text.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
}

/** The name of an enum value in the schema: the parser of bare-ts makes `Ok` of `OK`. */
function schemaName(name) {
    return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()
}
