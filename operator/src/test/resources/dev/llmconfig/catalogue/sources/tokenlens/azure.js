export const models = {
    id: "azure",
    models: {},
};
export default models;
