import { tried } from './versions.ts';

/** Files of the environments that a replication is run in, by name. */
export function environmentFiles({
  id,
  version,
}: {
  readonly id: string;
  readonly version: string;
}): Readonly<Record<string, string>> {
  return {
    Dockerfile: dockerfile,
    'install.R': installR,
    'requirements.txt': requirements,
    'package.json': packageOf(id, version),
  };
}

const dockerfile = `# Runs the scripts for R and Python in one place:
#   docker build -t replication . && docker run --rm replication
FROM debian:bookworm
RUN apt-get update \\
  && apt-get install -y --no-install-recommends r-base-core python3 python3-venv \\
  && rm -rf /var/lib/apt/lists/*
WORKDIR /replication
COPY requirements.txt .
RUN python3 -m venv /environment && /environment/bin/pip install --no-cache-dir -r requirements.txt
COPY . .
# Without fixest, which install.R adds, the script for R is least squares written out in base R.
CMD sha256sum -c SHA256SUMS && Rscript replicate.R && /environment/bin/python replicate.py
`;

const installR = `# R ${tried.r} or later. Only fixest is asked for; without it replicate.R is least squares written out in base R.
if (!requireNamespace("fixest", quietly = TRUE)) {
  install.packages("fixest", repos = Sys.getenv("CRAN", "https://cloud.r-project.org"))
}
`;

const requirements = `# Python ${tried.python} or later. pyfixest may be left out: replicate.py is then written out in numpy.
numpy==${tried.numpy}
pandas==${tried.pandas}
pyfixest==${tried.pyfixest}
`;

/** npm's file of the program that made the numbers. */
function packageOf(id: string, version: string): string {
  const content = {
    name: `replication-${id}`,
    private: true,
    scripts: { study: 'kaya study run study --out results' },
    dependencies: { 'kaya-panel': version },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
