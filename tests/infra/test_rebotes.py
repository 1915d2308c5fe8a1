"""Lo que vuelve de SES llega a la función: el conjunto lo publica, la regla lo deja pasar y quien manda lo usa."""

from __future__ import annotations

from typing import Any

from tests.funciones.oficina import rebota
from tests.infra.traduccion import original

CONJUNTO = "correos-demo"


def _recurso(nombre: str) -> dict[str, Any]:
    propiedades: dict[str, Any] = original()["Resources"][nombre]["Properties"]
    return propiedades


def _calza(patron: Any, suceso: Any) -> bool:
    """Lo que EventBridge hace con un patrón: cada clave está, y trae uno de los valores que se piden."""
    if isinstance(patron, dict):
        return all(clave in suceso and _calza(pedido, suceso[clave]) for clave, pedido in patron.items())
    valores = suceso if isinstance(suceso, list) else [suceso]
    pedidos = [CONJUNTO if uno == {"Ref": "Correos"} else uno for uno in patron]
    return any(uno == {"exists": True} or uno in valores for uno in pedidos)


def test_la_regla_deja_pasar_lo_que_vuelve_y_nada_mas() -> None:
    (evento,) = _recurso("Rebotar")["Events"].values()
    patron = evento["Properties"]["Pattern"]
    vuelve = rebota("K7M4PR9X.seleccionada.5")
    assert _calza(patron, vuelve)
    assert _calza(patron, rebota("K7M4PR9X.seleccionada.5", suceso="Complaint"))
    assert not _calza(patron, rebota("K7M4PR9X.seleccionada.5", suceso="Delivery"))
    sin_marca = {**vuelve, "detail": {"mail": {"tags": {"ses:configuration-set": [CONJUNTO]}}}}
    de_otro = {**vuelve, "detail": {"mail": {"tags": {"ses:configuration-set": ["otro"], "aviso": ["x"]}}}}
    assert not _calza(patron, sin_marca)
    assert not _calza(patron, de_otro)


def test_el_conjunto_publica_los_rebotes_y_los_reclamos_y_las_funciones_lo_conocen() -> None:
    destino = _recurso("CorreosQueVuelven")
    assert destino["ConfigurationSetName"] == {"Ref": "Correos"}
    assert destino["EventDestination"]["MatchingEventTypes"] == ["bounce", "complaint"]
    assert "event-bus/default" in str(destino["EventDestination"]["EventBridgeDestination"])
    variables = original()["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["CONFIGURACION_CORREO"] == {"Ref": "Correos"}


def test_quien_puede_mandar_correos_puede_mandarlos_por_el_conjunto() -> None:
    """SES pide permiso sobre la identidad y también sobre el conjunto: sin el segundo no sale ninguno."""
    roles = {n: r for n, r in original()["Resources"].items() if r["Type"] == "AWS::IAM::Role"}
    for nombre, recurso in roles.items():
        for politica in recurso["Properties"].get("Policies", []):
            for sentencia in politica["PolicyDocument"]["Statement"]:
                if "ses:SendEmail" in sentencia["Action"]:
                    lugares = str(sentencia["Resource"])
                    assert "identity/" in lugares, nombre
                    assert "configuration-set/${Correos}" in lugares, nombre
