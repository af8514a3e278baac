package espalier.cli;

import espalier.core.data.Augmentation;
import espalier.core.nn.CrossEntropy;
import espalier.core.train.Optimizer;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import java.util.List;
import picocli.CommandLine.Option;

/** How a network is trained, beside its optimiser. */
final class RecipeOptions {
  @Option(names = "--lr", paramLabel = "R", description = "learning rate at the start")
  double rate = 0.025;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "how the learning rate falls: ${COMPLETION-CANDIDATES}")
  Choice.ScheduleName schedule = Choice.ScheduleName.COSINE;

  @Option(
      names = "--lr-end",
      paramLabel = "R",
      description = "learning rate at the end (cosine and linear)")
  double endRate;

  @Option(
      names = "--step-factor",
      paramLabel = "F",
      description = "factor of the learning rate after each stage (step)")
  double stepFactor = 0.1;

  @Option(names = "--step-stages", paramLabel = "N", description = "number of stages (step)")
  int stepStages = 3;

  @Option(
      names = "--warm-up",
      paramLabel = "P",
      description = "share of the training in which the learning rate rises from 0")
  double warmUp;

  @Option(
      names = "--clip",
      paramLabel = "N",
      description = "limit of the gradients' norm; 0 for none")
  double clip = 5;

  @Option(
      names = "--label-smoothing",
      paramLabel = "E",
      description = "share of each target that is spread over all classes")
  double labelSmoothing;

  @Option(
      names = "--drop-path",
      paramLabel = "P",
      description = "probability, at the end, of leaving out an edge (darts only)")
  double dropPath;

  @Option(
      names = "--auxiliary-weight",
      paramLabel = "W",
      description = "weight of the auxiliary head's loss")
  double auxiliaryWeight = 0.4;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "stop after N epochs without a better validation accuracy; 0 never")
  int patience;

  @Option(
      names = "--train-on-all",
      description = "train on the validation images too; nothing is measured on them then")
  boolean trainOnAll;

  /** Refuses options that would do nothing. */
  void check(Applicability options, boolean isDarts, boolean auxiliary) {
    boolean falls =
        schedule == Choice.ScheduleName.COSINE || schedule == Choice.ScheduleName.LINEAR;
    boolean steps = schedule == Choice.ScheduleName.STEP;
    options.refuse("--lr-end", !falls, "applies to --schedule cosine and linear");
    options.refuse(!steps, "applies to --schedule step", "--step-factor", "--step-stages");
    options.refuse("--drop-path", !isDarts, "applies to the space darts");
    options.refuse("--auxiliary-weight", !auxiliary, "needs --auxiliary");
    options.refuse("--patience", trainOnAll, "needs validation images, --train-on-all keeps none");
  }

  Recipe build(Optimizer optimizer, int batch, Augmentation augmentation) {
    return new Recipe(
        batch,
        optimizer,
        warmUp == 0 ? falling() : new Schedule.WarmUp(warmUp, falling()),
        clip,
        new CrossEntropy(labelSmoothing, List.of()),
        auxiliaryWeight,
        dropPath,
        augmentation,
        patience);
  }

  private Schedule falling() {
    return switch (schedule) {
      case COSINE -> new Schedule.Cosine(rate, endRate);
      case LINEAR -> new Schedule.Linear(rate, endRate);
      case STEP -> new Schedule.Steps(rate, stepFactor, stepStages);
      case CONSTANT -> new Schedule.Constant(rate);
    };
  }
}
