"""Prepara para las funciones el mismo entorno que les da la plantilla, con valores de esta máquina."""

from collections.abc import Iterable

from servidor.ajustes import Ajustes


def variables(nombres: Iterable[str], ajustes: Ajustes) -> dict[str, str]:
    """El valor local de cada variable que declara la plantilla; si falta una, mejor no encender."""
    conocidas = _conocidas(ajustes)
    faltan = sorted(set(nombres) - set(conocidas))
    if faltan:
        raise LookupError(
            f"template.yaml declara {', '.join(faltan)} y el servidor local no sabe qué valor darle: "
            "agrégala en infra/servidor/ambiente.py"
        )
    return conocidas


def _conocidas(ajustes: Ajustes) -> dict[str, str]:
    return {
        "ALMACEN": "sqlite",
        "DEPOSITO": "carpeta",
        "CORREO": "maildir",
        "PUBLICACION": "carpeta",
        "ESTADO_LOCAL": str(ajustes.estado.resolve()),
        "HORNEADO": str(ajustes.horneado.resolve()),
        "PLANTILLAS": str(ajustes.raiz / "plantillas"),
        "URL_PORTAL": ajustes.url,
        "RELOJ_DESFASE_SEGUNDOS": str(ajustes.desfase),
        "REMITENTE": "portal@localhost",
        # Las mediciones vuelven a la carpeta que editan las personas.
        "DATOS": str(ajustes.datos.resolve()),
        # Sin nube no hay tabla, cubeta, cola ni secreto; vacías, los adaptadores eligen lo local.
        "TABLA": "",
        "CUBETA": "",
        "COLA_AVISOS": "",
        "CONFIGURACION_CORREO": "",
        "CLAVE_MAESTRA_ARN": "",
        "POWERTOOLS_SERVICE_NAME": "promocion-y-redes",
        "POWERTOOLS_METRICS_NAMESPACE": "PromocionYRedes",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "POWERTOOLS_LOG_LEVEL": "WARNING",
    }
