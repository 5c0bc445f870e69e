package dev.amends;

/**
 * Stands in for the class of the same name that an app's build makes from R.txt, with that app's own numbers. For the
 * compiler and for tests; it is not shipped. Not final, so that no number of it is compiled into anything.
 */
public final class R {
    private R() {}

    /** Attributes of a theme: res/values/attrs.xml, in the order of their names. */
    public static final class attr {
        public static int amendsActionTextColor = 0x7f010000;
        public static int amendsBackground = 0x7f010001;
        public static int amendsCornerRadius = 0x7f010002;
        public static int amendsEdgeOffset = 0x7f010003;
        public static int amendsEmptyText = 0x7f010004;
        public static int amendsPosition = 0x7f010005;
        public static int amendsTextAppearance = 0x7f010006;
        public static int amendsTextColor = 0x7f010007;

        private attr() {}
    }
}
