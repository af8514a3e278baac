package espalier.core.io;

/** The grey of a colour: luma of ITU-R BT.601. */
public final class Luma {
  private Luma() {}

  /** The luma of a pixel; of a grey pixel exactly its value. */
  public static float of(float red, float green, float blue) {
    boolean grey = red == green && red == blue;
    return grey ? red : 0.299f * red + 0.587f * green + 0.114f * blue;
  }
}
