#!/usr/bin/env bash
# Prepara en .entorno/ lo que pide cada orden del Makefile; si ya está al día, no hace nada ni dice nada.
# Uso: infra/preparar.sh {servir|probar|ministack|uv|npm|navegador}…
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
raiz=$PWD
python=${PYTHON:-python3}
navegador=${CHROMIUM:-/usr/bin/chromium}

fallar() {
    printf '%s\n' "$@" >&2
    exit 1
}

# Instala paquetes del sistema si se puede; si no, dice la orden exacta y se detiene.
instalar_con_apt() {
    local motivo=$1
    shift
    local orden="apt-get update && apt-get install -y --no-install-recommends $*"
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        fallar "$motivo Instálalo con una cuenta de administración y vuelve a intentarlo:" "  $orden"
    fi
    local registro
    registro=$(mktemp)
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
        >"$registro" 2>&1 </dev/null; then
        tail -n 20 "$registro" >&2
        rm -f "$registro"
        fallar "$motivo No se pudo instalar. La orden que falló es:" "  $orden"
    fi
    rm -f "$registro"
}

tiene_python() { "$python" -c 'import venv, ensurepip' 2>/dev/null; }

asegurar_python() {
    if ! tiene_python; then
        echo "      Falta Python con venv: se instala con apt-get …"
        instalar_con_apt "Falta Python con el módulo venv." python3 python3-venv
        tiene_python || fallar "«$python» sigue sin el módulo venv. Indica otro: make PYTHON=/ruta/a/python3 …"
    fi
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fallar "Se necesita Python 3.11 o posterior y «$python» es $("$python" -V). Indica otro: make PYTHON=/ruta/a/python3 …"
}

requisitos() {
    case $1 in
        npm) echo infra/npm/package-lock.json ;;
        *) echo "infra/requisitos/$1.txt" ;;
    esac
}

# La huella cambia con las bibliotecas, con la carpeta del proyecto y con la versión de Python.
huella() {
    {
        echo "$raiz"
        "$python" -c 'import sys; print(*sys.version_info[:2])' 2>/dev/null || true
        cat "$(requisitos "$1")"
    } | sha256sum | cut -d' ' -f1
}

falta() {
    case $1 in
        navegador) [ ! -x "$navegador" ] || ! hay_libatomic ;;
        *) [ "$(cat ".entorno/$1/huella" 2>/dev/null)" != "$(huella "$1")" ] ;;
    esac
}

# La pide el programa que maneja al navegador, y un Debian recién instalado no la trae.
hay_libatomic() {
    compgen -G "/usr/lib/*/libatomic.so.1" >/dev/null || compgen -G "/usr/lib*/libatomic.so.1" >/dev/null
}

instalar_navegador() {
    [ "$navegador" = /usr/bin/chromium ] || [ -x "$navegador" ] \
        || fallar "No hay un navegador en «$navegador» (variable CHROMIUM)."
    instalar_con_apt "Falta el navegador Chromium para las pruebas." chromium fonts-dejavu-core libatomic1
}

crear_entorno() {
    local entorno=.entorno/$1
    asegurar_python
    rm -f "$entorno/huella"
    "$python" -m venv --clear "$entorno"
    "$entorno/bin/python" -m pip install -qq --no-input --disable-pip-version-check \
        --require-hashes -r "infra/requisitos/$1.txt"
    case $1 in
        # Los paquetes propios (funciones, generador, servidor) se importan desde donde están.
        servir | probar)
            printf '%s\n' "$raiz" "$raiz/site" "$raiz/infra" \
                >"$("$entorno/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/proyecto.pth"
            ;;
    esac
    huella "$1" >"$entorno/huella"
}

# npm viene dentro del entorno de las pruebas; instala lo que dice su candado, con sus huellas.
crear_npm() {
    [ -x .entorno/probar/bin/npm ] || fallar "Antes de npm se prepara probar: infra/preparar.sh probar npm"
    rm -rf .entorno/npm
    mkdir -p .entorno/npm
    cp infra/npm/package.json infra/npm/package-lock.json infra/npm/.npmrc .entorno/npm/
    (cd .entorno/npm && PATH="$raiz/.entorno/probar/bin:$PATH" npm ci --silent --no-audit --no-fund)
    huella npm >.entorno/npm/huella
}

describir() {
    case $1 in
        servir) echo "las bibliotecas del portal (medio minuto)" ;;
        probar) echo "las bibliotecas de las pruebas (un minuto)" ;;
        ministack) echo "el emulador de la nube" ;;
        npm) echo "el revisor de HTML" ;;
        uv) echo "uv, que calcula las versiones" ;;
        navegador) echo "el navegador Chromium (un minuto)" ;;
        *) fallar "No sé preparar «$1»." ;;
    esac
}

mkdir -p .entorno
# Dos órdenes a la vez esperan su turno en vez de pisarse.
if command -v flock >/dev/null; then
    exec 9>.entorno/candado
    flock 9
fi

paso=0
for parte in "$@"; do
    paso=$((paso + 1))
    descripcion=$(describir "$parte")
    if falta "$parte"; then
        echo "[$paso/$#] Instalando $descripcion …"
        case $parte in
            navegador) instalar_navegador ;;
            npm) crear_npm ;;
            *) crear_entorno "$parte" ;;
        esac
    fi
done
