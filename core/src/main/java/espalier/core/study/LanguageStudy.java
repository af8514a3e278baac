package espalier.core.study;

import espalier.core.data.Corpus;
import espalier.core.data.Vocabulary;
import espalier.core.io.AtomicFile;
import espalier.core.io.Json;
import espalier.core.io.Sha256;
import espalier.core.language.TextData;
import espalier.core.recurrent.HighwayCell;
import espalier.core.recurrent.RecurrentCell;
import espalier.core.recurrent.RecurrentGenotype;
import espalier.core.recurrent.RecurrentSpace;
import espalier.core.recurrent.VanillaCell;
import espalier.core.recurrent.WordNetwork;
import espalier.core.study.CellContest.Contender;
import espalier.core.study.CellContest.Standing;
import espalier.kernels.spi.Backend;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for a recurrent cell on a text, then trains it and the plain recurrent network of at least
 * as many parameters alike, from several seeds, and measures both on the test text. An immutable
 * description; running it twice yields the same bits.
 *
 * @param settings of the networks: those around the plain cell are wider
 * @param nodes of the cells
 * @param words of the vocabulary
 * @param window words between which gradients flow
 * @param method how the cell is found, by validation perplexity
 * @param finals how the cell found and the plain one are compared
 */
public record LanguageStudy(
    WordNetwork.Settings settings,
    int nodes,
    Corpus corpus,
    int words,
    int window,
    SearchMethod.BlackBox method,
    CellContest.Settings finals,
    long seed,
    List<String> arguments) {
  public LanguageStudy {
    arguments = List.copyOf(arguments);
  }

  /**
   * What a study yields.
   *
   * @param found how the cell found did
   * @param plain how the plain cell did
   */
  public record Result(
      RecurrentGenotype genotype, Standing found, Standing plain, Provenance provenance) {

    /** How far the mean test perplexity of the plain cell lies above that of the cell found. */
    public double advantage() {
      return plain.test().mean() - found.test().mean();
    }

    /** The standard error of {@link #advantage}. */
    public double standardError() {
      double ofPlain = plain.test().standardError();
      double ofFound = found.test().standardError();
      return Math.sqrt(ofPlain * ofPlain + ofFound * ofFound);
    }

    /** As the file {@code result.json} holds it. */
    public Json.Obj json() {
      return Json.object()
          .with("genotype", Json.of(new HighwayCell(genotype).toString()))
          .with("found", found.json())
          .with("vanilla", plain.json())
          .with("advantage", Json.of(advantage()))
          .with("standardError", Json.of(standardError()))
          .with("provenance", provenance.json());
    }
  }

  /**
   * Runs on a backend that outlives the result.
   *
   * @param folder where to keep the journal, checkpoints and results; a run that is resumed goes on
   *     from them
   * @throws RunStopped if it was asked to stop, or nothing could be trained
   */
  public Result run(Backend backend, Optional<RunFolder> folder, StudyListener listener) {
    Provenance provenance =
        new Provenance(
            seed,
            hash(corpus.train(), corpus.valid()),
            Optional.of(hash(corpus.test())),
            parameters(),
            backend.name());
    folder.ifPresent(run -> RunStart.record(run.journal(), "language", arguments, provenance));
    Vocabulary vocabulary = corpus.vocabulary(words);
    TextData data = TextData.of(corpus, vocabulary, window);
    RecurrentSpace space = new RecurrentSpace(nodes, settings);
    RecurrentGenotype genotype =
        new TrialPhase<>(new SearchableDecisions<>(space), method, data, seed)
            .run(backend, folder, Deadline.of(method.budget()), listener)
            .architecture();
    listener.derived(space.print(genotype));
    CellContest contest =
        new CellContest(data, TextData.test(corpus, vocabulary, window), finals, seed);
    WordNetwork found = new WordNetwork(new HighwayCell(genotype), vocabulary.size(), settings);
    WordNetwork plain = asLarge(contest.parameters(found), vocabulary.size(), contest);
    List<Standing> standings =
        contest.run(
            List.of(new Contender("found", found), new Contender("vanilla", plain)),
            backend,
            folder,
            listener);
    Result result = new Result(genotype, standings.get(0), standings.get(1), provenance);
    folder.ifPresent(run -> finish(run, result));
    return result;
  }

  /** The narrowest plain network that has no fewer parameters. */
  private WordNetwork asLarge(long parameters, int vocabulary, CellContest contest) {
    RecurrentCell cell = new VanillaCell();
    int width = settings.width();
    WordNetwork network = new WordNetwork(cell, vocabulary, settings);
    while (contest.parameters(network) < parameters) {
      width++;
      network =
          new WordNetwork(cell, vocabulary, new WordNetwork.Settings(width, settings.dropout()));
    }
    return network;
  }

  /** Every parameter by name, spelt out. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("network", settings.toString());
    parameters.put("nodes", Integer.toString(nodes));
    parameters.put("words", Integer.toString(words));
    parameters.put("window", Integer.toString(window));
    parameters.put("method", method.toString());
    parameters.put("finals", finals.toString());
    parameters.put("trainWords", Integer.toString(corpus.train().size()));
    parameters.put("validWords", Integer.toString(corpus.valid().size()));
    parameters.put("testWords", Integer.toString(corpus.test().size()));
    return parameters;
  }

  @SafeVarargs
  private static String hash(List<String>... parts) {
    var digest = Sha256.digest();
    for (List<String> part : parts) {
      digest.update(String.join(" ", part).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void finish(RunFolder run, Result result) {
    AtomicFile.write(run.file("result.json"), result.json().pretty());
    if (run.journal().entries("result").isEmpty()) {
      run.journal().append("result", result.json());
    }
    run.discardCheckpoint("search");
  }
}
