/** Hears how many bytes of a file have come, and of how many; null where the server does not say. */
export type TellFetched = (bytes: number, total: number | null) => void

const tellEveryMs = 200

/** The pieces of a file as they come, told of a few times a second. */
export async function* toldOf(pieces: AsyncIterable<Uint8Array>, total: number | null, tell: TellFetched = () => undefined): AsyncGenerator<Uint8Array> {
  let bytes = 0
  let told = Date.now()
  tell(0, total)
  for await (const piece of pieces) {
    bytes += piece.length
    if (Date.now() - told >= tellEveryMs) {
      told = Date.now()
      tell(bytes, total)
    }
    yield piece
  }
  tell(bytes, total)
}
