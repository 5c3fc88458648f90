"""A choice of columns that gains the most within limits, as an integer program that HiGHS solves.

The solver and its arrays are loaded where it runs: forty MiB that no page needs.
"""


def maximise(gains: list[int], rows: list[tuple[list[int], int, int]], seconds: float) -> tuple[list[bool], int]:
    """Whether each column is chosen, and the bound that no choice's gains can exceed; of no column where nothing was
    found in `seconds`.

    `rows` are (columns, the fewest of them, the most of them). The same program has the same answer each time, as long
    as the time is enough.
    """
    import highspy  # noqa: PLC0415
    import numpy  # noqa: PLC0415

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(gains), len(rows)
    lp.col_cost_ = -numpy.array(gains, dtype=float)
    lp.col_lower_, lp.col_upper_ = numpy.zeros(len(gains)), numpy.ones(len(gains))
    lp.row_lower_ = numpy.array([fewest for _columns, fewest, _most in rows], dtype=float)
    lp.row_upper_ = numpy.array([most for _columns, _fewest, most in rows], dtype=float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(gains)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = numpy.cumsum([0, *(len(columns) for columns, _fewest, _most in rows)])
    lp.a_matrix_.index_ = numpy.array([column for columns, _fewest, _most in rows for column in columns])
    lp.a_matrix_.value_ = numpy.ones(sum(len(columns) for columns, _fewest, _most in rows))
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", float(seconds))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("random_seed", 1)
    solver.passModel(lp)
    solver.run()
    info, solution = solver.getInfo(), solver.getSolution()
    found = solution.value_valid and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    # Gains are whole: nothing above the whole part of the bound can be reached. Before the first relaxation is solved
    # there is none, and then all columns together bound it.
    bound = int(min(-info.mip_dual_bound, float(sum(gains))) + 1e-3)
    return [x > 0.5 for x in solution.col_value] if found else [False] * len(gains), bound
