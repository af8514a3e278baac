package espalier.bench.jmh;

import espalier.bench.ImageCall;
import espalier.bench.Work;
import org.openjdk.jmh.annotations.Param;

/** The kernel calls that are neither convolutions nor products. */
public class ImageCallBenchmark extends WorkBenchmark {
  /** The call. */
  @Param public ImageCall.Kind kind = ImageCall.Kind.MAP;

  /** Images. */
  @Param("64")
  public int batch;

  @Override
  Work work() {
    return new ImageCall(kind, batch);
  }
}
