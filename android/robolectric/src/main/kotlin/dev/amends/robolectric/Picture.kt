package dev.amends.robolectric

import android.graphics.Bitmap
import android.graphics.Canvas
import android.os.Handler
import android.os.Looper
import android.view.PixelCopy
import android.view.View
import android.view.Window
import java.io.File

/** What a view looks like. True pixels only with `@GraphicsMode(NATIVE)`. */
public class Picture private constructor(private val bitmap: Bitmap) {
    /** Its width in pixels. */
    public val width: Int get() = bitmap.width

    /** Its height in pixels. */
    public val height: Int get() = bitmap.height

    /** The colour of one pixel, ARGB. */
    public fun colour(x: Int, y: Int): Int = bitmap.getPixel(x, y)

    /** How many different colours it has: one or two mean that nothing was drawn. */
    public fun colours(): Int {
        val all = IntArray(width * height)
        bitmap.getPixels(all, 0, width, 0, 0, width, height)
        return all.toSet().size
    }

    /** Writes `NAME.png` into the folder that the build names in `amends.pictures`. */
    public fun save(name: String): File {
        val file = File(System.getProperty("amends.pictures") ?: "target/pictures", "$name.png")
        file.parentFile.mkdirs()
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
        return file
    }

    /** Draws on it, as the system does with its bars. */
    public fun draw(what: Canvas.() -> Unit): Picture = apply { Canvas(bitmap).what() }

    /** Draws this picture there. */
    public fun drawOn(canvas: Canvas, left: Float, top: Float): Unit = canvas.drawBitmap(bitmap, left, top, null)

    /** Takes pictures. */
    public companion object {
        /** A window with its shadows, as the screen would show it. From Android 10 on. */
        public fun of(window: Window): Picture {
            val decor = window.decorView
            val bitmap = Bitmap.createBitmap(decor.width, decor.height, Bitmap.Config.ARGB_8888)
            PixelCopy.request(window, bitmap, {}, Handler(Looper.getMainLooper()))
            return Picture(bitmap)
        }

        /** Draws a view that is laid out. */
        public fun of(view: View): Picture {
            val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
            view.draw(Canvas(bitmap))
            return Picture(bitmap)
        }
    }
}
