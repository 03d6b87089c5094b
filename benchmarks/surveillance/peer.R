# SPDX-License-Identifier: Apache-2.0
# Times R's surveillance and EpiEstim on series that the benchmark wrote, one core, and writes what
# they found. Arguments: folder, number of series for each algorithm (name=number ...).

suppressPackageStartupMessages({
  library(surveillance)
  library(EpiEstim)
})

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
wanted <- strsplit(arguments[-1], "=")
counts <- as.matrix(read.csv(file.path(folder, "weekly.csv")))
daily <- as.matrix(read.csv(file.path(folder, "daily.csv")))
last <- nrow(counts)

weekly <- function(columns) {
  sts(observed = counts[, columns, drop = FALSE], frequency = 52, start = c(2015, 1))
}

flexible <- function(columns, control) {
  control$range <- (last - 3):last
  farringtonFlexible(weekly(columns), control = c(control, list(glmWarnings = FALSE)))
}

algorithms <- list(
  farrington_flexible = function(columns) {
    flexible(columns, list(b = 5, w = 3, alpha = 0.05))
  },
  farrington_noufaily = function(columns) {
    flexible(columns, list(b = 5, w = 3, alpha = 0.005, noPeriods = 10, pastWeeksNotIncluded = 26,
                           pThresholdTrend = 1, thresholdMethod = "nbPlugin"))
  },
  farrington = function(columns) {
    farrington(weekly(columns), control = list(range = (last - 3):last, b = 5, w = 3, alpha = 0.05))
  },
  ears_c1 = function(columns) earsC(weekly(columns), control = list(method = "C1")),
  ears_c2 = function(columns) earsC(weekly(columns), control = list(method = "C2")),
  ears_c3 = function(columns) earsC(weekly(columns), control = list(method = "C3")),
  cusum = function(columns) {
    cusum(weekly(columns), control = list(range = 160:last, k = 1.04, h = 2.26, trans = "standard"))
  }
)

spoken <- function(found, name) {
  # Columns are series, so that the times of one series stand together.
  write.csv(data.frame(upper = as.vector(found@upperbound), alarm = as.vector(found@alarm)),
            file.path(folder, paste0(name, ".csv")), row.names = FALSE)
}

cori <- function(columns) {
  lapply(columns, function(column) {
    suppressWarnings(suppressMessages(
      estimate_R(daily[, column], method = "parametric_si",
                 config = make_config(list(mean_si = 4.8, std_si = 2.3)))))
  })
}

seconds <- list()
for (pair in wanted) {
  name <- pair[1]
  columns <- seq_len(as.integer(pair[2]))
  gc()
  if (name == "cori") {
    seconds[[name]] <- system.time(found <- cori(columns))[["elapsed"]]
    rows <- do.call(rbind, lapply(columns, function(at) cbind(series = at, found[[at]]$R)))
    write.csv(rows, file.path(folder, "cori.csv"), row.names = FALSE)
  } else {
    seconds[[name]] <- system.time(found <- algorithms[[name]](columns))[["elapsed"]]
    spoken(found, name)
  }
  cat(sprintf("%s,%.6f\n", name, seconds[[name]]))
}
