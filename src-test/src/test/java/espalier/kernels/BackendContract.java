package espalier.kernels;

/** What every backend must pass; implement {@code open} and inherit the tests. */
interface BackendContract extends KernelContract, KnownAnswersContract, StoreContract {}
