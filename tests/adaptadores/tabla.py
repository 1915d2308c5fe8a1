"""La tabla de DynamoDB para las pruebas; test_tabla.py comprueba que sea la misma de template.yaml."""

from __future__ import annotations

from typing import Any

DEFINICION: dict[str, Any] = {
    "AttributeDefinitions": [
        {"AttributeName": nombre, "AttributeType": "S"}
        for nombre in ("PK", "SK", "BAND", "ORDEN", "PEND", "PEND_ORDEN")
    ],
    "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "cola",
            "KeySchema": [
                {"AttributeName": "BAND", "KeyType": "HASH"},
                {"AttributeName": "ORDEN", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        },
        {
            "IndexName": "pendientes",
            "KeySchema": [
                {"AttributeName": "PEND", "KeyType": "HASH"},
                {"AttributeName": "PEND_ORDEN", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["aviso"]},
        },
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
EXPIRA = "expira"


def crear_tabla(cliente: Any, tabla: str) -> None:
    """Crea la tabla vacía, con su borrado por expiración."""
    cliente.create_table(TableName=tabla, **DEFINICION)
    cliente.update_time_to_live(TableName=tabla, TimeToLiveSpecification={"AttributeName": EXPIRA, "Enabled": True})
