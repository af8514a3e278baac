package espalier.cli;

import espalier.core.data.Splits;
import espalier.core.estimate.Hyperparameters;
import espalier.core.io.ImageSpec;
import espalier.core.nn.NetworkCounts;
import espalier.core.random.Philox;
import espalier.core.study.Budget;
import espalier.core.study.SearchMethod;
import espalier.core.study.SearchStudy;
import espalier.core.study.Searchable;
import espalier.core.supernet.CellSupernet;
import espalier.core.train.Classes;
import espalier.core.train.Recipe;
import espalier.core.train.TaskGraphs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Finds an architecture, trains it, and measures it once on the test images. */
@Command(
    name = "search",
    description = {
      "Searches for an architecture, trains it and tests it once.",
      "Without options it searches on generated images and is done within minutes."
    },
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class SearchCommand extends ImageRunCommand {
  @Option(
      names = "--train-budget",
      paramLabel = "BUDGET",
      order = 11,
      description = "how long the final training takes (default: as --budget)",
      showDefaultValue = Visibility.NEVER)
  Optional<Budget> trainBudget = Optional.empty();

  @ArgGroup(validate = false, order = 120, heading = "%nThe search:%n")
  SearchOptions search = new SearchOptions();

  SearchCommand() {
    super("search");
  }

  @Override
  RunCommand blank() {
    return new SearchCommand();
  }

  @Override
  Prepared prepare(List<String> arguments) {
    SearchStudy<?> study = study(arguments);
    return (backend, folder, listener) -> {
      try (SearchStudy.Result<?> result = study.run(backend, Optional.of(folder), listener)) {
        return result.json();
      }
    };
  }

  @Override
  List<String> next(Path folder) {
    List<String> lines = new ArrayList<>(super.next(folder));
    if (!search.tune) {
      lines.add(
          "espalier train --genotype %s%s %s --out %s-large"
              .formatted(
                  folder.resolve("genotype.json"),
                  sameImages(),
                  search.space.larger(network),
                  folder));
    }
    return lines;
  }

  /** The study that the options describe. */
  SearchStudy<?> study(List<String> arguments) {
    Applicability options = new Applicability(spec);
    boolean isDarts = search.space == SpaceName.DARTS;
    data.check(options);
    search.check(options);
    search.space.check(options);
    network.check(options, isDarts);
    optimizer.check(options);
    recipe.check(options, isDarts, network.auxiliary);
    Recipe training =
        usage(() -> recipe.build(optimizer.build(), optimizer.batch, augmentation.build()));
    Searchable<?> plain =
        usage(
            () -> search.space.searchable(search.channels, search.cells, network, recipe.dropPath));
    Splits splits = data.splits(seed);
    return usage(() -> {
      int most = Math.min(search.images(data.data.isEmpty()), splits.train().size());
      Searchable<?> searchable = search.tune ? tuned(plain, most) : plain;
      search.check(searchable);
      // With --tune no network is trained in batches of --batch, so its default refuses no images.
      Recipe common =
          search.tune ? training.withBatchSize(Math.min(training.batchSize(), most)) : training;
      return study(searchable, search.method(budget, most), common, splits, arguments);
    });
  }

  private Searchable<?> tuned(Searchable<?> plain, int most) {
    return plain
        .tuned(Hyperparameters.ofImages(most))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--tune does not apply to the space %s, whose networks change as they train"
                    .formatted(search.space)));
  }

  private <A> SearchStudy<A> study(
      Searchable<A> searchable,
      SearchMethod method,
      Recipe training,
      Splits splits,
      List<String> arguments) {
    SearchStudy<A> study =
        new SearchStudy<>(
            searchable,
            method,
            splits,
            search.images(data.data.isEmpty()),
            training,
            trainBudget.orElse(budget),
            recipe.trainOnAll,
            seed,
            arguments);
    requireBuildable(study);
    return study;
  }

  /** Networks that cannot be built for images of this size are refused before anything starts. */
  private static <A> void requireBuildable(SearchStudy<A> study) {
    ImageSpec image = study.splits().train().image();
    int classes = study.splits().train().classNames().size();
    Searchable<A> searchable = study.searchable();
    A any = searchable.space().sample(Philox.of(study.seed(), "any architecture"));
    searchable
        .cells()
        .ifPresent(cells -> NetworkCounts.declared(new CellSupernet<>(cells, classes), image));
    TaskGraphs.training(
        searchable.space().model(any, classes), Classes.ofImages(image, classes), study.recipe());
    study.requireReachable();
  }
}
