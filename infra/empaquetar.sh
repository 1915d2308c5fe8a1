#!/usr/bin/env bash
# Arma lo que va dentro de cada función: código, plantillas, lo horneado y las bibliotecas con sus huellas.
# Lo llama «sam build» por la regla build-% del Makefile. Uso: infra/empaquetar.sh CARPETA
set -euo pipefail
destino=${1:?Falta la carpeta donde dejar el paquete}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${PYTHON:-python3}

# Las mismas bibliotecas sirven para todas las funciones: se bajan una vez y se copian.
huella=$(cat infra/requisitos/funciones.txt infra/empaquetar.sh | sha256sum | cut -c1-16)
bibliotecas=.entorno/funciones-$huella
mkdir -p .entorno
exec 9>.entorno/candado-funciones
flock 9
if [ ! -d "$bibliotecas" ]; then
    rm -rf "$bibliotecas.nuevas"
    "$python" -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --only-binary=:all: \
        --platform manylinux2014_aarch64 --python-version 3.11 --implementation cp \
        --target "$bibliotecas.nuevas" -r infra/requisitos/funciones.txt
    find "$bibliotecas.nuevas" -name __pycache__ -type d -prune -exec rm -rf {} +
    rm -rf "$bibliotecas.nuevas/bin"
    # botocore describe unos 400 servicios; aquí se usan estos.
    find "$bibliotecas.nuevas/botocore/data" -mindepth 1 -maxdepth 1 -type d \
        ! -name dynamodb ! -name s3 ! -name secretsmanager ! -name sesv2 ! -name sqs ! -name sts -exec rm -rf {} +
    mv "$bibliotecas.nuevas" "$bibliotecas"
fi
flock -u 9

if [ ! -f .obra/horneado.json ]; then
    echo "Falta .obra/horneado.json: corre antes «make portal»." >&2
    exit 1
fi
mkdir -p "$destino"
cp -R "$bibliotecas/." "$destino/"
cp -R funciones plantillas "$destino/"
cp .obra/horneado.json "$destino/"
find "$destino/funciones" -name __pycache__ -type d -prune -exec rm -rf {} +

# Sin esto cada arranque en frío compila todo; solo sirve si lo compila la misma versión que corre en Lambda.
if "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))'; then
    "$python" -m compileall -q --invalidation-mode unchecked-hash "$destino"
else
    echo "Aviso: «$python» no es Python 3.11; las funciones arrancarán más lento." >&2
fi
