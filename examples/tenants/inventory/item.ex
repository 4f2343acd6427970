# SPDX-License-Identifier: Apache-2.0
# One article of the catalogue, and how it is shown.
defmodule Inventory.Item do
  @enforce_keys [:name]
  defstruct [:name, quantity: 0, price: 0]

  @doc "The value of all pieces in cents."
  def value(%__MODULE__{quantity: quantity, price: price}), do: quantity * price

  @doc "Another item with the quantity changed, unless it would fall below zero."
  def change(%__MODULE__{quantity: quantity} = item, by) when quantity + by >= 0 do
    {:ok, %{item | quantity: quantity + by}}
  end

  def change(%__MODULE__{}, _by), do: {:error, :not_enough}

  defimpl String.Chars do
    def to_string(item) do
      name = String.pad_trailing(item.name, 16)
      "#{name} #{String.pad_leading(Integer.to_string(item.quantity), 6)}"
    end
  end
end
