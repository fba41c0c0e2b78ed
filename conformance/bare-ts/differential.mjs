// Holds barewire and bare-ts to the same octets and values, and writes what both agree on into vectors.jsonl.
//
//     npm ci && npm test       compares, and refuses if vectors.jsonl is not what comes out
//     npm ci && npm run write  writes vectors.jsonl

import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { BareError } from "@bare-ts/lib"
import { versions } from "./schemas.mjs"
import { Draw, fromBareTs, json, toBareTs } from "./values.mjs"

const SEED = 1
/** How many values are drawn for each message at least; more where some form has not come up. */
const LEAST = 12

const VECTORS = new URL("vectors.jsonl", import.meta.url)
const FRAMES = new URL("frames.txt", import.meta.url)
const REFUSED = new URL("../../protocol/vectors/refused.txt", import.meta.url)

const all = await versions()
const rows = [origin(), ...all.flatMap(drawn), ...framesOfBarewire()]
refusedByEveryStrictDecoder()
lengthsWrittenWrong()
compareOrWrite(`${rows.join("\n")}\n`)

/** The first line of the vectors. */
function origin() {
    const { dependencies } = createRequire(import.meta.url)("./package.json")
    const tools = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`)
    const command = "npm ci && npm run write, in conformance/bare-ts"
    return JSON.stringify({ origin: tools.sort().reverse().join(", "), seed: SEED, command })
}

/** Values that are drawn here, encoded by bare-ts. */
function drawn(version) {
    return version.messages.flatMap((name) => {
        const type = version.definitions.get(name)
        const draw = new Draw(version, SEED)
        const rows = []
        while (rows.length < LEAST || draw.hasNew(type)) {
            const value = draw.value(type)
            const octets = version.encode(name, toBareTs(version, type, value))
            assert.deepEqual(fromBareTs(version, type, version.decode(name, octets)), value)
            rows.push(row(version, name, "bare-ts", value, octets))
        }
        return rows
    })
}

/** Frames that barewire has encoded and damaged: bare-ts accepts the same, and encodes what it decoded the same. */
function framesOfBarewire() {
    const rows = []
    for (const [family, ofVersion, name, verdict, hex] of lines(FRAMES)) {
        const version = find(family, ofVersion.replace("_", "-"))
        const value = valueOf(version, name, hex)
        assert.equal(value !== undefined, verdict === "accepts", `${verdict} says barewire of ${family} ${ofVersion} ${name} ${hex}`)
        if (value !== undefined) {
            const octets = version.encode(name, value)
            assert.equal(toHex(octets), hex)
            rows.push(row(version, name, "barewire", fromBareTs(version, version.definitions.get(name), value), octets))
        }
    }
    return rows
}

/** The recorded octets that a strict decoder refuses. */
function refusedByEveryStrictDecoder() {
    for (const [ofVersion, name, hex] of lines(REFUSED)) {
        assert.equal(valueOf(find("runner", ofVersion), name, hex), undefined, `${name} ${hex}`)
    }
}

/**
 * The one disagreement: lengths of data and strings from 2^14 on have the lowest seven bits in every group but the last.
 * The specification is against it (A.1), and bare-ts itself does not read them back. It reads the right ones.
 */
function lengthsWrittenWrong() {
    const version = find("runner", "v3")
    const wrong = [127, 128, 16383, 16384, 16385, 20000, 65535, 65536, 65537, 100000, 2097152].filter((length) => {
        const body = new Uint8Array(length)
        const right = Uint8Array.from([...varint(length), ...body, 1])
        assert.deepEqual(version.decode("ToClientRequestChunk", right), { body: body.buffer, finish: true })
        return toHex(version.encode("ToClientRequestChunk", { body: body.buffer, finish: true })) !== toHex(right)
    })
    // 65535 and 65536 are among the few whose groups are alike.
    assert.deepEqual(wrong, [16385, 20000, 65537, 100000])
}

/** What bare-ts decodes, or undefined if it refuses. */
function valueOf(version, name, hex) {
    try {
        return version.decode(name, Uint8Array.from(Buffer.from(hex, "hex")))
    } catch (error) {
        if (error instanceof BareError) {
            return undefined
        }
        throw error
    }
}

function compareOrWrite(text) {
    if (process.argv.includes("--write")) {
        writeFileSync(VECTORS, text)
    }
    assert.ok(readFileSync(VECTORS, "utf8") === text, "vectors.jsonl is not what comes out: npm run write, then read the difference")
    const refused = lines(FRAMES).filter(([, , , verdict]) => verdict !== "accepts").length
    const by = (name) => rows.filter((row) => row.includes(`"by":"${name}"`)).length
    console.log(`${by("bare-ts")} values of bare-ts, ${by("barewire")} frames of barewire, ${refused} frames that both refuse`)
}

function row(version, type, by, value, octets) {
    return json({ family: version.family, version: version.name, type, by, value, hex: toHex(octets) })
}

function find(family, name) {
    return all.find((version) => version.family === family && version.name === name)
}

/** The words of each line, without comments. */
function lines(file) {
    const lines = readFileSync(file, "utf8").split("\n").map((line) => line.split("#")[0].trim())
    return lines.filter((line) => line !== "").map((line) => line.split(/\s+/))
}

function varint(number) {
    return number < 128 ? [number] : [128 | (number & 127), ...varint(number >>> 7)]
}

function toHex(octets) {
    return Buffer.from(octets).toString("hex")
}
