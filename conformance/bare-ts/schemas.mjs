// The schemas of both families, compiled by bare-ts.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { BareError, ByteCursor, Config as LibConfig } from "@bare-ts/lib"
import { Config, parse, rootAliases, transform } from "@bare-ts/tools"

const SCHEMAS = new URL("../../schema/", import.meta.url)
// Generated code finds `@bare-ts/lib` from here, and is not committed.
const BUILD = new URL("build/", import.meta.url)

const CONFIG = Config({ generator: "js" })
const LIB_CONFIG = LibConfig({})

/** One version of a family: its definitions by name, its messages, and the codec that bare-ts generated. */
export class Version {
    constructor(family, name, text, codec) {
        const { defs } = parse(text, CONFIG)
        this.family = family
        this.name = name
        this.definitions = new Map(defs.map((def) => [def.alias, def.type]))
        this.messages = rootAliases(defs)
        this.codec = codec
    }

    /** The octets of a value as generated code represents it. */
    encode(type, value) {
        const cursor = new ByteCursor(new Uint8Array(LIB_CONFIG.initialBufferLength), LIB_CONFIG)
        this.codec[`write${type}`](cursor, value)
        return cursor.bytes.slice(0, cursor.offset)
    }

    /** The value that is all of `octets`; throws a `BareError` if there is none. */
    decode(type, octets) {
        // Not the generated `decode…`, which exists for messages only. It does the same.
        const cursor = new ByteCursor(octets, LIB_CONFIG)
        const value = this.codec[`read${type}`](cursor)
        if (cursor.offset < octets.length) {
            throw new BareError(cursor.offset, "remaining bytes")
        }
        return value
    }
}

/** Every version of both families. */
export async function versions() {
    mkdirSync(BUILD, { recursive: true })
    const versions = []
    for (const family of ["runner", "actor"]) {
        const dir = new URL(`${family}/`, SCHEMAS)
        const files = readdirSync(dir).filter((file) => file.endsWith(".bare")).sort()
        for (const file of files) {
            const text = readFileSync(new URL(file, dir), "utf8")
            const name = file.slice(0, -".bare".length)
            // The command `bare` of 0.16.0 takes its output for the schema; this is the function behind it.
            const compiled = new URL(`${family}-${name}.mjs`, BUILD)
            writeFileSync(compiled, transform(text, CONFIG))
            versions.push(new Version(family, name, text, await import(compiled)))
        }
    }
    return versions
}
