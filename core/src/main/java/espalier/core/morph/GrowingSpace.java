package espalier.core.morph;

import espalier.core.io.DataException;
import espalier.core.morph.GrowingNetwork.Layer;
import espalier.core.nn.Network;
import espalier.core.random.Draws;
import espalier.core.random.Philox;
import espalier.core.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Growing networks of so many stages, up to a size.
 *
 * @param stages parts between which is pooled; each has a layer or more
 * @param narrowest least width of a layer
 * @param doublings how often a layer can double its width
 * @param kernels extents of filters, odd
 * @param mostLayers of all stages together
 */
public record GrowingSpace(
    int stages, int narrowest, int doublings, List<Integer> kernels, int mostLayers)
    implements SearchSpace<GrowingNetwork> {
  private static final Pattern LAYER = Pattern.compile("(\\d{1,6})x(\\d{1,3})((?:\\+\\d{1,6})*)");
  private static final String STAGE = "/";
  private static final int WIDEST = 1 << 16;

  public GrowingSpace {
    kernels = List.copyOf(kernels);
    boolean isWidth =
        narrowest >= 1 && doublings >= 0 && doublings <= 16 && narrowest <= WIDEST >> doublings;
    if (stages < 1 || !isWidth || mostLayers < stages) {
      throw new IllegalArgumentException(
          "growing space: %d stages, width %d doubled %d times, %d layers, expected 1 or more, up to 65536, as many as stages"
              .formatted(stages, narrowest, doublings, mostLayers));
    }
    if (kernels.isEmpty() || kernels.stream().anyMatch(kernel -> kernel < 1 || kernel % 2 == 0)) {
      throw new IllegalArgumentException(
          "growing space: kernels %s, expected odd extents".formatted(kernels));
    }
  }

  @Override
  public String name() {
    return "growing";
  }

  @Override
  public Size size() {
    return new Size.Exact(counts().getFirst().get(mostLayers));
  }

  /** How many ways there are to fill the stages from each on with 0, 1, … layers at most. */
  private List<List<BigInteger>> counts() {
    List<List<BigInteger>> counts = new ArrayList<>();
    counts.add(Collections.nCopies(mostLayers + 1, BigInteger.ONE));
    for (int stage = stages - 1; stage >= 0; stage--) {
      List<BigInteger> ways = new ArrayList<>();
      for (int layers = 0; layers <= mostLayers; layers++) {
        BigInteger sum = BigInteger.ZERO;
        for (int here = 1; here <= layers; here++) {
          sum = sum.add(ways(stage, here).multiply(counts.getFirst().get(layers - here)));
        }
        ways.add(sum);
      }
      counts.addFirst(ways);
    }
    return counts;
  }

  /** How many stages there are of so many layers, in this place. */
  private BigInteger ways(int stage, int layers) {
    int skips = layers * (layers - 1) / 2 + (stage > 0 ? layers : 0);
    return BigInteger.valueOf((long) kernels.size() * (doublings + 1)).pow(layers).shiftLeft(skips);
  }

  @Override
  public GrowingNetwork sample(Philox random) {
    Draws draws = new Draws(random);
    List<List<BigInteger>> counts = counts();
    List<Layer> layers = new ArrayList<>();
    for (int stage = 0; stage < stages; stage++) {
      int left = mostLayers - layers.size();
      List<BigInteger> later = counts.get(stage + 1);
      BigInteger place = draws.below(counts.get(stage).get(left));
      int here = 1;
      BigInteger ways = ways(stage, here).multiply(later.get(left - here));
      while (place.compareTo(ways) >= 0) {
        place = place.subtract(ways);
        here++;
        ways = ways(stage, here).multiply(later.get(left - here));
      }
      int first = layers.size();
      for (int i = 0; i < here; i++) {
        List<Integer> skips = new ArrayList<>();
        for (int source = Math.max(0, first - 1); source < first + i; source++) {
          if (draws.coin()) {
            skips.add(source);
          }
        }
        int width = narrowest << draws.below(doublings + 1);
        layers.add(new Layer(width, kernel(draws), skips, i == here - 1 && stage < stages - 1));
      }
    }
    return new GrowingNetwork(layers);
  }

  private int kernel(Draws draws) {
    return kernels.get(draws.below(kernels.size()));
  }

  /**
   * One narrow layer in each stage, no skips, of each kernel everywhere: no network of the space
   * costs less than the cheapest of them.
   */
  public Stream<GrowingNetwork> smallest() {
    return kernels.stream().map(kernel -> narrow(() -> kernel));
  }

  /** One of the smallest networks, to grow from: one narrow layer in each stage, no skips. */
  public GrowingNetwork small(Philox random) {
    Draws draws = new Draws(random);
    return narrow(() -> kernel(draws));
  }

  private GrowingNetwork narrow(IntSupplier kernel) {
    List<Layer> layers = new ArrayList<>();
    for (int stage = 0; stage < stages; stage++) {
      layers.add(new Layer(narrowest, kernel.getAsInt(), List.of(), stage < stages - 1));
    }
    return new GrowingNetwork(layers);
  }

  /** All morphisms of a network that stay in this space, by kind: widen, deepen, skip. */
  List<List<Morphism>> morphisms(GrowingNetwork network) {
    List<Morphism> widen = new ArrayList<>();
    List<Morphism> deepen = new ArrayList<>();
    List<Morphism> skip = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      int to = i;
      if (2L * layer.width() <= (long) narrowest << doublings) {
        widen.add(new Morphism.Widen(i));
      }
      if (network.layers().size() < mostLayers) {
        kernels.forEach(kernel -> deepen.add(new Morphism.Deepen(to, kernel)));
      }
      network.sources(i).stream()
          .filter(source -> !layer.skips().contains(source))
          .forEach(source -> skip.add(new Morphism.AddSkip(source, to)));
    }
    return Stream.of(widen, deepen, skip).filter(kind -> !kind.isEmpty()).toList();
  }

  /**
   * A morphism that stays in this space, if there is one: each kind is as likely as another, and so
   * is each of a kind.
   */
  public Optional<Morphism> morphism(GrowingNetwork network, Draws draws) {
    List<List<Morphism>> kinds = morphisms(network);
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    List<Morphism> kind = kinds.get(draws.below(kinds.size()));
    return Optional.of(kind.get(draws.below(kind.size())));
  }

  @Override
  public Network model(GrowingNetwork network, int classes) {
    return network.network(classes);
  }

  /** {@inheritDoc} Its notation: no two ways to write it compute the same for all weights. */
  @Override
  public String canonical(GrowingNetwork network) {
    return print(network);
  }

  /**
   * {@inheritDoc} For one, {@code 8x3 8x5+0 / 16x3+1}: width and kernel of each layer, the layers
   * it adds, and where is pooled.
   */
  @Override
  public String print(GrowingNetwork network) {
    return network.layers().stream()
        .map(layer ->
            layer.width()
                + "x"
                + layer.kernel()
                + layer.skips().stream().map(skip -> "+" + skip).collect(Collectors.joining())
                + (layer.pooled() ? " " + STAGE : ""))
        .collect(Collectors.joining(" "));
  }

  @Override
  public GrowingNetwork parse(String text) {
    List<Layer> layers = new ArrayList<>();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!word.equals(STAGE)) {
        layers.add(layer(word));
      } else if (layers.isEmpty() || layers.getLast().pooled()) {
        throw error(word, "a layer in every stage");
      } else {
        Layer last = layers.removeLast();
        layers.add(new Layer(last.width(), last.kernel(), last.skips(), true));
      }
    }
    if (layers.size() > mostLayers || layers.stream().filter(Layer::pooled).count() != stages - 1) {
      throw error(text, "%d stages and at most %d layers".formatted(stages, mostLayers));
    }
    try {
      return new GrowingNetwork(layers);
    } catch (IllegalArgumentException wrong) {
      throw new DataException("growing " + wrong.getMessage(), wrong);
    }
  }

  private Layer layer(String word) {
    Matcher matcher = LAYER.matcher(word);
    if (!matcher.matches()) {
      throw error(word, "width x kernel, and + before each layer that is added: 8x3+0");
    }
    int width = Integer.parseInt(matcher.group(1));
    int kernel = Integer.parseInt(matcher.group(2));
    boolean isWidth =
        Stream.iterate(narrowest, w -> 2 * w).limit(doublings + 1L).anyMatch(w -> w == width);
    if (!isWidth || !kernels.contains(kernel)) {
      throw error(
          word,
          "a width of %d doubled up to %d times and a kernel of %s"
              .formatted(narrowest, doublings, kernels));
    }
    List<Integer> skips =
        Pattern.compile("\\+")
            .splitAsStream(matcher.group(3))
            .filter(number -> !number.isEmpty())
            .map(Integer::valueOf)
            .toList();
    return new Layer(width, kernel, skips, false);
  }

  private static DataException error(String found, String wanted) {
    return new DataException("growing network: found '%s', expected %s".formatted(found, wanted));
  }
}
