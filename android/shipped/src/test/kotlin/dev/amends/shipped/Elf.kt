package dev.amends.shipped

import java.nio.ByteBuffer
import java.nio.ByteOrder

/** As much of a shared library's file as says on which phones it can be loaded. */
internal class Elf(bytes: ByteArray) {
    private val file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
    private val wide = bytes[4].toInt() == 2

    private class Segment(val type: Int, val offset: Long, val address: Long, val size: Long, val alignment: Long)

    private val segments = List(short(if (wide) 56 else 44)) { segment(it) }

    init {
        require(
            bytes.copyOf(4).contentEquals(byteArrayOf(0x7f, 'E'.code.toByte(), 'L'.code.toByte(), 'F'.code.toByte())),
        )
    }

    /** The processor, as ELF numbers them: 40 ARM, 62 x86-64, 183 AArch64. */
    val machine: Int = short(18)

    /** What the segments that are mapped into memory are aligned to. */
    val alignments: List<Long> = segments.filter { it.type == LOAD }.map { it.alignment }

    /** Whether each segment lies in the file as its address demands: the loader maps whole pages. */
    val congruent: Boolean = segments.filter { it.type == LOAD }.all { (it.address - it.offset) % it.alignment == 0L }

    private val dynamic: List<Pair<Long, Long>> = segments.single { it.type == DYNAMIC }.let { table ->
        val size = if (wide) 16 else 8
        List((table.size / size).toInt()) {
            val at = table.offset + it * size
            word(at) to word(at + size / 2)
        }
    }

    /** The libraries that must be there for it to be loaded. */
    val needed: List<String> = dynamic.filter { it.first == NEEDED }.map { string(it.second) }

    /** Names of functions that it has, or wants from elsewhere. */
    fun mentions(name: String): Boolean =
        String(file.array(), Charsets.ISO_8859_1).contains("\u0000$name\u0000")

    private fun segment(number: Int): Segment {
        val at = word(if (wide) 32L else 28L) + number * short(if (wide) 54 else 42)
        return if (wide) {
            Segment(int(at), word(at + 8), word(at + 16), word(at + 32), word(at + 48))
        } else {
            Segment(int(at), word(at + 4), word(at + 8), word(at + 16), word(at + 28))
        }
    }

    private fun string(offset: Long): String {
        val table = dynamic.first { it.first == STRINGS }.second
        val segment = segments.first { it.type == LOAD && table in it.address until it.address + it.size }
        var at = (table - segment.address + segment.offset + offset).toInt()
        return buildString {
            while (file[at].toInt() != 0) append(file[at++].toInt().toChar())
        }
    }

    private fun word(at: Long): Long = if (wide) file.getLong(at.toInt()) else int(at).toLong() and 0xffff_ffffL

    private fun int(at: Long): Int = file.getInt(at.toInt())

    private fun short(at: Int): Int = file.getShort(at).toInt() and 0xffff

    private companion object {
        const val LOAD = 1
        const val DYNAMIC = 2
        const val NEEDED = 1L
        const val STRINGS = 5L
    }
}
