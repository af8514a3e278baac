package espalier.kernels.cpu;

import espalier.kernels.spi.Conv2dGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * The pixels a convolution writes, cut into strips: pixels in line, along a row, a column or
 * through the images, that use the same taps.
 *
 * @param images images of the batch
 * @param rows taps along the height
 * @param columns taps along the width
 * @param source the pixels that are read
 * @param target the pixels that are written
 */
record TapLoops(int images, TapAxis rows, TapAxis columns, Plane source, Plane target) {
  /*
   * At the border of an image few pixels of a row share their taps, but those of a column do, and
   * in its corners the same pixel of every image. Rows come first because neighbours in a row read
   * the same memory. Which way a strip runs does not show in the bits.
   */

  /** Strips run through the images: the distances between their pixels are an image each. */
  static final int THROUGH_IMAGES = 0;

  /** Strips run down a column. */
  static final int DOWN = 1;

  /** Strips run along a row. */
  static final int ALONG = 2;

  /** Parts per thread that even out the work. */
  private static final int PARTS_PER_THREAD = 3;

  /** Multiply-accumulates below which one part is enough. */
  private static final long SMALL = 1 << 16;

  /** From the input to the output. */
  static TapLoops forward(Conv2dGeometry g) {
    return new TapLoops(
        g.batch(),
        forwardRows(g),
        forwardColumns(g),
        new Plane(g.inHeight(), g.inWidth(), g.inChannels()),
        new Plane(g.outHeight(), g.outWidth(), g.outChannels()));
  }

  /** From the gradient of the output to that of the input. */
  static TapLoops backward(Conv2dGeometry g) {
    return new TapLoops(
        g.batch(),
        TapAxis.backward(
            g.inHeight(),
            g.outHeight(),
            g.kernelHeight(),
            g.strideHeight(),
            g.padTop(),
            g.dilationHeight()),
        TapAxis.backward(
            g.inWidth(),
            g.outWidth(),
            g.kernelWidth(),
            g.strideWidth(),
            g.padLeft(),
            g.dilationWidth()),
        new Plane(g.outHeight(), g.outWidth(), g.outChannels()),
        new Plane(g.inHeight(), g.inWidth(), g.inChannels()));
  }

  /** The height axis from the input to the output. */
  static TapAxis forwardRows(Conv2dGeometry g) {
    return TapAxis.forward(
        g.inHeight(),
        g.outHeight(),
        g.kernelHeight(),
        g.strideHeight(),
        g.padTop(),
        g.dilationHeight());
  }

  /** The width axis from the input to the output. */
  static TapAxis forwardColumns(Conv2dGeometry g) {
    return TapAxis.forward(
        g.inWidth(),
        g.outWidth(),
        g.kernelWidth(),
        g.strideWidth(),
        g.padLeft(),
        g.dilationWidth());
  }

  /** Source elements from one pixel of a strip to the next. */
  int sourceStride(int direction) {
    return switch (direction) {
      case THROUGH_IMAGES -> source.elements();
      case DOWN -> rows.sourceStep() * source.row();
      default -> columns.sourceStep() * source.channels();
    };
  }

  /** Target elements from one pixel of a strip to the next, where spans step by {@code step}. */
  int targetStride(int direction, int step) {
    return switch (direction) {
      case THROUGH_IMAGES -> target.elements();
      case DOWN -> step * target.row();
      default -> step * target.channels();
    };
  }

  /** Source elements from one tap row to the next of a pixel. */
  int sourceRowTap() {
    return rows.sourceTapStep() * source.row();
  }

  /** Source elements from one tap column to the next of a pixel. */
  int sourceColumnTap() {
    return columns.sourceTapStep() * source.channels();
  }

  /**
   * A way to pass every target pixel to a strip of {@code strips} once.
   *
   * @param imagesAtATime images a strip may run through
   * @param longEnough pixels that make a strip worth its direction
   * @param work multiply-accumulates of the whole
   * @param threads threads its parts are to be spread over
   */
  Plan plan(int imagesAtATime, int longEnough, long work, int threads, Strips strips) {
    int imageParts = Math.ceilDiv(images, imagesAtATime);
    int wanted = work < SMALL ? 1 : PARTS_PER_THREAD * threads;
    int rowParts =
        Math.clamp(Math.ceilDiv(wanted, Math.max(1, imageParts)), 1, Math.max(1, target.height()));
    int whole = Math.min(imagesAtATime, images);
    int rest = images % imagesAtATime;
    return new Plan(
        this,
        imagesAtATime,
        rowParts,
        rectangles(rowParts, whole, longEnough, strips),
        rectangles(rest == 0 ? 0 : rowParts, rest, longEnough, strips));
  }

  /**
   * All strips of a convolution, made once and run wherever its operands lie.
   *
   * @param ofWhole the strips of {@code imagesAtATime} images, for each part of the rows
   * @param ofRest the strips of the images that remain, likewise
   */
  record Plan(
      TapLoops loops,
      int imagesAtATime,
      int rowParts,
      List<List<Rectangle>> ofWhole,
      List<List<Rectangle>> ofRest) {

    /** Runs all strips, spread over the workers. */
    void run(Operands operands, Workers workers) {
      workers.each(
          Math.ceilDiv(loops.images, imagesAtATime) * rowParts,
          part -> {
            int image = part / rowParts * imagesAtATime;
            boolean isWhole = loops.images - image >= imagesAtATime;
            int source0 = image * loops.source.elements();
            int target0 = image * loops.target.elements();
            for (Rectangle rectangle : (isWhole ? ofWhole : ofRest).get(part % rowParts)) {
              rectangle.run(operands, source0, target0);
            }
          });
    }
  }

  /** Where a convolution reads and writes. */
  record Operands(float[] source, int source0, float[] w, int w0, float[] target, int target0) {}

  /** The rectangles of each part of the rows, as many as spans of rows and columns make. */
  private List<List<Rectangle>> rectangles(
      int rowParts, int images, int longEnough, Strips strips) {
    List<List<Rectangle>> parts = new ArrayList<>();
    for (int part = 0; part < rowParts; part++) {
      List<Rectangle> rectangles = new ArrayList<>();
      for (Span row : rows.spans()) {
        int from = row.count() * part / rowParts;
        int to = row.count() * (part + 1) / rowParts;
        for (Span column : columns.spans()) {
          if (to > from) {
            rectangles.add(rectangle(images, row, from, to - from, column, longEnough, strips));
          }
        }
      }
      parts.add(rectangles);
    }
    return parts;
  }

  private Rectangle rectangle(
      int images, Span row, int from, int height, Span column, int longEnough, Strips strips) {
    int width = column.count();
    int direction = direction(images, height, width, longEnough);
    int count =
        switch (direction) {
          case THROUGH_IMAGES -> images;
          case DOWN -> height;
          default -> width;
        };
    Walk image = new Walk(images, source.elements(), target.elements());
    Walk down = new Walk(height, sourceStride(DOWN), targetStride(DOWN, row.step()));
    Walk along = new Walk(width, sourceStride(ALONG), targetStride(ALONG, column.step()));
    return new Rectangle(
        strips.of(direction, count, row, column),
        (row.source() + from * rows.sourceStep()) * source.row()
            + column.source() * source.channels(),
        (row.from() + from * row.step()) * target.row() + column.from() * target.channels(),
        direction == THROUGH_IMAGES ? down : image,
        direction == ALONG ? down : along);
  }

  private static int direction(int images, int height, int width, int longEnough) {
    if (width >= longEnough || (width >= images && width >= height)) {
      return ALONG;
    }
    return height >= longEnough || height >= images ? DOWN : THROUGH_IMAGES;
  }

  /** Steps in one direction, in elements of the source and of the target. */
  record Walk(int count, int source, int target) {}

  /** Strips of one kind side by side, from pixel {@code target} of the first image on. */
  record Rectangle(Strip strip, int source, int target, Walk outer, Walk inner) {
    void run(Operands operands, int source0, int target0) {
      for (int o = 0; o < outer.count; o++) {
        for (int i = 0; i < inner.count; i++) {
          strip.run(
              operands,
              source0 + source + o * outer.source + i * inner.source,
              target0 + target + o * outer.target + i * inner.target);
        }
      }
    }
  }

  /** Extents of an image whose channels are contiguous. */
  record Plane(int height, int width, int channels) {
    int row() {
      return width * channels;
    }

    int elements() {
      return height * row();
    }
  }

  /** Makes strips of one kind. */
  @FunctionalInterface
  interface Strips {
    /**
     * What computes strips of {@code count} pixels.
     *
     * @param row the span the pixels' rows belong to
     * @param column the span the pixels' columns belong to
     */
    Strip of(int direction, int count, Span row, Span column);
  }

  /** Computes strips that differ in nothing but where they are. */
  @FunctionalInterface
  interface Strip {
    /**
     * Computes one strip.
     *
     * @param operands where the operands lie
     * @param source where the first pixel's first tap reads, at channel 0
     * @param target where the first pixel is written, at channel 0
     */
    void run(Operands operands, int source, int target);
  }
}
