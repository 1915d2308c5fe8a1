"""La orden `python -m generador`: valida los datos, los hornea o construye el portal entero."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from generador.entradas import Entradas
from generador.historia import Historia
from generador.historia import escribir as escribir_historia
from generador.historia import leer as leer_historia
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
    print(_revisar(opciones))
    return 0


def _hornear(opciones: argparse.Namespace) -> int:
    ruta = _ruta_horneado(opciones)
    escribir(hornear(leer(opciones.datos), opciones.ahora), ruta)
    print(f"Horneado en {ruta}.")
    return 0


def _portal(opciones: argparse.Namespace) -> int:
    print(_revisar(opciones))
    _hornear(opciones)
    from generador import portal

    entradas = Entradas(historia=opciones.historia, vitrinas=opciones.vitrinas)
    portal.construir(opciones.datos, opciones.salida, opciones.ahora, _ruta_horneado(opciones), entradas)
    return 0


def _revisar(opciones: argparse.Namespace) -> str:
    """Valida y resume; la validación completa carga bibliotecas lentas, por eso se importa aquí."""
    from generador.validar import exigir, resumir

    historia = _historia(opciones)
    resumen = resumir(exigir(opciones.datos, historia, opciones.ahora))
    if historia.disponible:
        return f"{resumen}\nNada de una convocatoria abierta cambió sin su enmienda."
    return f"{resumen}\nNo se pudo revisar si cambió algo de una convocatoria abierta: {historia.motivo}."


def _historia(opciones: argparse.Namespace) -> Historia:
    """La que ya está en su archivo, o la que se saca de git y se deja ahí."""
    if opciones.sacar_historia:
        from generador.sucesos import sacar

        opciones.historia = opciones.historia or _obra(opciones) / "historia.json"
        escribir_historia(sacar(opciones.datos), opciones.historia)
    return leer_historia(opciones.historia)


def _ruta_horneado(opciones: argparse.Namespace) -> Path:
    return opciones.horneado or _obra(opciones) / "horneado.json"


def _obra(opciones: argparse.Namespace) -> Path:
    """Donde se trabaja: junto a la salida, si no es la de siempre."""
    return OBRA if opciones.salida == SALIDA else opciones.salida.with_name(f"{opciones.salida.name}.obra")


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
    lector.add_argument("--sacar-historia", action="store_true", help="saca antes el historial de git y lo guarda ahí")
    lector.add_argument("--vitrinas", type=Path, default=None, help="carpeta con las fichas de catálogo por enlace")
    opciones = lector.parse_args(argumentos)
    opciones.ahora = opciones.ahora or datetime.now(UTC)
    return opciones


if __name__ == "__main__":
    sys.exit(main())
