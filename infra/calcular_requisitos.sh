#!/usr/bin/env bash
# Calcula infra/requisitos/*.txt desde los grupos de pyproject.toml: versiones exactas con sus huellas.
# Conserva las versiones ya anotadas; con --upgrade busca las más nuevas.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

calcular() {
    local grupo=$1
    shift
    echo "Calculando infra/requisitos/$grupo.txt …"
    .entorno/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make requisitos" \
        --group "$grupo" --output-file "infra/requisitos/$grupo.txt" "$@"
}

# probar contiene a los demás: sus versiones mandan, para probar con lo mismo que se sirve y se despliega.
calcular probar "$@"
calcular servir --constraint infra/requisitos/probar.txt "$@"
calcular funciones --constraint infra/requisitos/probar.txt "$@"
calcular ministack "$@"
calcular uv "$@"

if grep -nE '://|^ *--(index-url|extra-index-url|find-links)' infra/requisitos/*.txt; then
    echo "Los archivos de requisitos no deben anotar direcciones de descarga." >&2
    exit 1
fi
