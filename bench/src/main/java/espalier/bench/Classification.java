package espalier.bench;

import espalier.core.io.Image;
import espalier.core.io.ImageInput;
import espalier.core.io.Normalisation;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.Model;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.nn.Parameter;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsSpace;
import espalier.core.train.TaskGraphs;
import espalier.kernels.spi.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Inference of the published network DARTS_V2 on images of 32×32 pixels, as a program that embeds a
 * model runs it: from bytes to logits.
 */
public record Classification(int cells, int channels, Samples samples) implements Row {
  /** The logits. */
  public static final String LOGITS = "logits";

  /** The cells of DARTS_V2 [Liu, Simonyan, Yang 2019]. */
  public static final String GENOTYPE =
      """
      Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), \
      ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), \
      ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), \
      ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), \
      ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], \
      reduce_concat=[2, 3, 4, 5])\
      """;

  private static final int LARGEST = 255;

  /** The published network: 20 cells, 36 channels. */
  public static Classification of(int batch) {
    return new Classification(20, 36, Samples.cifar(batch));
  }

  @Override
  public String label() {
    return "darts_v2 inference, batch " + samples.batch();
  }

  @Override
  public boolean isNetwork() {
    return true;
  }

  private Network network() {
    DartsMacro macro = DartsMacro.cifar(channels, cells).plain();
    return macro.network(new DartsSpace(macro, macro).parse(GENOTYPE), Samples.CLASSES);
  }

  /** Every variable with its value. */
  public List<Parameter> variables() {
    return TaskGraphs.inference(network(), FeedSpec.images(samples.image()), 1).variables();
  }

  /** The images as bytes [N, H, W, C]. */
  private byte[] bytes() {
    float[] noise = samples.images("");
    byte[] bytes = new byte[noise.length];
    for (int i = 0; i < noise.length; i++) {
      bytes[i] = (byte) Math.clamp(Math.round((noise[i] + 2) * LARGEST / 4), 0, LARGEST);
    }
    return bytes;
  }

  /** The images as the network takes them in: [N, H, W, C] from 0 to 1. */
  public float[] pixels() {
    byte[] bytes = bytes();
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i] = Byte.toUnsignedInt(bytes[i]) / (float) LARGEST;
    }
    return pixels;
  }

  private List<Image> pictures() {
    byte[] bytes = bytes();
    int values = samples.image().values();
    List<Image> pictures = new ArrayList<>();
    for (int i = 0; i < samples.batch(); i++) {
      byte[] picture = new byte[values];
      System.arraycopy(bytes, i * values, picture, 0, values);
      pictures.add(Image.of(samples.image(), picture));
    }
    return pictures;
  }

  @Override
  public Job open(Backend backend) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    variables().forEach(variable -> weights.put(variable.name(), Assembly.initial(variable)));
    ImageInput input = new ImageInput(samples.image(), Normalisation.identity(3));
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < Samples.CLASSES; i++) {
      labels.add("class " + i);
    }
    return new Opened(Model.of(network(), input, labels, weights, backend), pictures());
  }

  private record Opened(Model model, List<Image> pictures) implements Job {
    @Override
    public void run() {
      model.logits(pictures);
    }

    @Override
    public Map<String, float[]> answers() {
      float[] all = new float[pictures.size() * Samples.CLASSES];
      int at = 0;
      for (float[] row : model.logits(pictures)) {
        System.arraycopy(row, 0, all, at, row.length);
        at += row.length;
      }
      return Map.of(LOGITS, all);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  @Override
  public Cost cost() {
    NetworkCounts counts = NetworkCounts.declared(network(), samples.image());
    double products = (double) counts.multiplyAccumulates() * samples.batch();
    return Cost.of(products, (double) counts.parameters() + samples.shape().size());
  }

  @Override
  public Classification small() {
    return new Classification(3, 4, new Samples(Math.min(samples.batch(), 4), 12));
  }

  @Override
  public double tolerance(String answer) {
    return Rounding.OF_NETWORKS;
  }
}
