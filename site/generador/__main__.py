"""La orden `python -m generador`: valida los datos, los hornea o construye el portal entero."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from generador.entradas import Entradas
from generador.hornear import escribir, hornear
from generador.paquetes import leer
from generador.problemas import DatosConProblemas

OBRA = Path(".obra")
SALIDA = Path(".salida")


def main(argumentos: list[str] | None = None) -> int:
    opciones = _opciones(argumentos)
    try:
        return {"validar": _validar, "hornear": _hornear, "portal": _portal}[opciones.orden](opciones)
    except DatosConProblemas as error:
        _mostrar(error)
        return 1


def _validar(opciones: argparse.Namespace) -> int:
    print(_revisar(opciones.datos))
    return 0


def _hornear(opciones: argparse.Namespace) -> int:
    ruta = _ruta_horneado(opciones)
    escribir(hornear(leer(opciones.datos), opciones.ahora), ruta)
    print(f"Horneado en {ruta}.")
    return 0


def _portal(opciones: argparse.Namespace) -> int:
    print(_revisar(opciones.datos))
    _hornear(opciones)
    from generador import portal

    entradas = Entradas(historia=opciones.historia, vitrinas=opciones.vitrinas)
    portal.construir(opciones.datos, opciones.salida, opciones.ahora, _ruta_horneado(opciones), entradas)
    return 0


def _revisar(datos: Path) -> str:
    """Valida y resume; la validación completa carga bibliotecas lentas, por eso se importa aquí."""
    from generador.validar import exigir, resumir

    return resumir(exigir(datos))


def _ruta_horneado(opciones: argparse.Namespace) -> Path:
    if opciones.horneado:
        return opciones.horneado
    obra = OBRA if opciones.salida == SALIDA else opciones.salida.with_name(f"{opciones.salida.name}.obra")
    return obra / "horneado.json"


def _mostrar(error: DatosConProblemas) -> None:
    for problema in sorted(error.problemas):
        print(problema, file=sys.stderr)
    cuantos = len(error.problemas)
    print(
        f"\n{'Hay un error' if cuantos == 1 else f'Hay {cuantos} errores'} en los datos. No se publica nada.",
        file=sys.stderr,
    )


def _momento(texto: str) -> datetime:
    momento = datetime.fromisoformat(texto)
    if momento.tzinfo is None:
        raise argparse.ArgumentTypeError(f"«{texto}» no dice su zona; escribe, por ejemplo, 2026-11-23T12:00:00Z")
    return momento.astimezone(UTC)


def _opciones(argumentos: list[str] | None) -> argparse.Namespace:
    lector = argparse.ArgumentParser(prog="python -m generador", description="Valida los datos y construye el portal.")
    lector.add_argument("orden", choices=["validar", "hornear", "portal"], help="qué hacer")
    lector.add_argument("--datos", type=Path, default=Path("datos"), help="carpeta con los paquetes de datos")
    lector.add_argument("--salida", type=Path, default=SALIDA, help="carpeta del portal construido")
    lector.add_argument("--ahora", type=_momento, default=None, help="momento de la construcción, con zona")
    lector.add_argument("--horneado", type=Path, default=None, help="archivo horneado")
    lector.add_argument("--historia", type=Path, default=None, help="historial de cambios sacado de git")
    lector.add_argument("--vitrinas", type=Path, default=None, help="carpeta con las fichas de catálogo por enlace")
    opciones = lector.parse_args(argumentos)
    opciones.ahora = opciones.ahora or datetime.now(UTC)
    return opciones


if __name__ == "__main__":
    sys.exit(main())
