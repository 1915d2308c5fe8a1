"""La jornada, las listas que se bajan y las invitaciones, con la forma exacta de sus funciones."""

from copy import deepcopy
from typing import Any

FIRMA = {"quien": "evaluador-maule", "rol": "evaluador", "cuando_texto": "sábado 9 de enero de 2027 a las 10:15"}
RUEDA = "2027-rueda-de-prueba"
JORNADA: dict[str, Any] = {
    "en_su_dia": True,
    "termino": False,
    "balance": {"asistieron": 0, "no_asistieron": 1, "sin_marcar": 2, "sin_encuesta": 0},
    "marcas": [{"folio": "T5RB9YGH", "motivo": "Asistió", **FIRMA}],
    "choques": [
        {
            "folio": "T5RB9YGH",
            "folio_texto": "T5RB 9YGH",
            "asistio": "no",
            "hora_texto": "sábado 9 de enero de 2027 a las 9:40",
            "por_que": "Ya tenía la marca contraria.",
            **FIRMA,
        }
    ],
    "libres": 1,
    "reemplazadas": [],
    "espera": [
        {
            "folio": folio,
            "folio_texto": f"{folio[:4]} {folio[4:]}",
            "nombre": nombre,
            "telefono": "+56911111111",
            "version": 4,
            "debe_rendiciones": debe,
        }
        for folio, nombre, debe in (
            ("N3KD8WQA", "Conservas Lontué Limitada", False),
            ("N4KD8WQA", "Hilados Colbún", True),
            ("N5KD8WQA", "Mieles Pencahue", False),
        )
    ],
    "plano": {"version": 3, "lugares": [{"folio": "T5RB9YGH", "lugar": "A12", **FIRMA}]},
    "aportes": {
        "pedido_clp": "45000",
        "total_clp": "45000",
        "aportes": [
            {
                "folio": "T5RB9YGH",
                "folio_texto": "T5RB 9YGH",
                "version": 1,
                "correcciones": 1,
                "monto": "45000",
                "comprometio": "Quien representa",
                "fecha": "2027-01-04",
                "fecha_texto": "lunes 4 de enero de 2027",
                "documento": "Carta del 4 de enero",
                **FIRMA,
            }
        ],
    },
    "cierre": {"cerrada": False, "version": 0, "faltan": ["La actividad todavía no termina."], "historia": []},
    "bitacora": [{"que_texto": "Asignó lugares", "detalle": "1 empresa", **FIRMA}],
}
INVITACION: dict[str, Any] = {
    "recibe": True,
    "componente": 2,
    "regiones": ["07", "16"],
    "region": "",
    "tope_maximo": 500,
    "version": 0,
    "actual": None,
    "piden": 34,
    "ya_escritas": 4,
    "por_escribir": 30,
}

HOJA: dict[str, Any] = {
    "convocatoria_nombre": "Feria de verano «Sabores y oficios»",
    "demostracion": True,
    "quien": "evaluador-maule",
    "rol": "evaluador",
    "oficina": "Dirección Regional del Maule",
    "motivo": "Pauta revisada.",
    "regla": "llegada/1, SHA-256 aa",
    "cupos": 15,
    "filas": [
        {"folio_texto": "K7M4 PR9X", "resultado": "seleccionada", "puntaje": "5,20", "motivo_texto": ""},
        {"folio_texto": "H2PN 7XKB", "resultado": "no_seleccionada", "puntaje": "", "motivo_texto": "No quedó cupo"},
    ],
}


class JornadaFalsa:
    """Lo que hay de cada una; las pruebas lo cambian a gusto."""

    def __init__(self) -> None:
        self.datos = deepcopy(JORNADA)
        self.invitacion = deepcopy(INVITACION)

    def ver(self, convocatoria: str) -> dict[str, Any]:
        return {"convocatoria": convocatoria, **self.datos}

    def hacer(self, que: str, cuerpo: dict[str, Any]) -> dict[str, Any]:
        if que == "marcas":
            filas = cuerpo["csv"].splitlines()[1:]
            return self.ver(cuerpo["convocatoria"]) | {"puestas": len(filas), "ya_estaban": 0, "sin_poner": []}
        if que == "reemplazo":
            self.datos["espera"] = [e for e in self.datos["espera"] if e["folio"] != cuerpo["entra"]]
            self.datos["libres"] -= 1
        if que == "lugares":
            dados = {dado["folio"]: dado for dado in self.datos["plano"]["lugares"]}
            dados |= {folio: {"folio": folio, "lugar": lugar, **FIRMA} for folio, lugar in cuerpo["lugares"].items()}
            self.datos["plano"] = {"version": cuerpo["version"] + 1, "lugares": list(dados.values())}
        if que == "cierre":
            cerrada = cuerpo["accion"] == "cerrar"
            paso = {"accion": cuerpo["accion"], "motivo": cuerpo["motivo"], "cuentas": "1 asistieron", **FIRMA}
            self.datos["cierre"] = {"cerrada": cerrada, "version": 1, "faltan": [], "historia": [paso]}
        return self.ver(cuerpo.get("convocatoria", RUEDA))

    def invitar(self, cuerpo: dict[str, Any]) -> dict[str, Any]:
        if cuerpo["accion"] == "contar":
            self.invitacion |= {"region": cuerpo["region"], "piden": 12, "ya_escritas": 2, "por_escribir": 10}
        elif cuerpo["accion"] == "invitar":
            dicho = {"viva": True, "region": cuerpo["region"], "tope": int(cuerpo["tope"]), **FIRMA}
            self.invitacion |= {"actual": dicho, "version": 1}
        return {"convocatoria": cuerpo["convocatoria"], **self.invitacion}


def exportar(cuerpo: dict[str, Any]) -> dict[str, Any]:
    columnas = ["folio", "empresa", "lugar", "telefono", "asistio", "hora", "version"]
    filas = [["T5RB 9YGH", "Quesos del Maule SpA", "A12", "+56911111111", "", "", "3"]]
    texto = "\n".join(",".join(fila) for fila in [columnas, *filas]) if cuerpo["para"] == "csv" else ""
    nombre = f"{cuerpo['que']}-{cuerpo['convocatoria']}.csv"
    return {"nombre": nombre, "csv": texto, "columnas": columnas, "filas": filas}
